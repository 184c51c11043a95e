from django.apps import AppConfig


class OpenhouseConfig(AppConfig):
    name = "brobygget.openhouse"
