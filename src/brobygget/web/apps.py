from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "brobygget.web"
    verbose_name = "The shell of every page"
