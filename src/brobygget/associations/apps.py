from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    name = "brobygget.associations"
