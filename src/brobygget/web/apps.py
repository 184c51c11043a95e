from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "brobygget.web"
    verbose_name = "The shell of every page"

    def ready(self) -> None:
        from brobygget.web import borrowed

        borrowed.keep_directions()
