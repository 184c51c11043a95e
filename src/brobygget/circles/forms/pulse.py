"""What a tap may be."""

from __future__ import annotations

from django import forms


class TapForm(forms.Form):
    """A moment and a step from 1 to 5. The step is called a secret, so that no receipt remembers it."""

    moment = forms.IntegerField(min_value=0, max_value=1000)
    secret_step = forms.IntegerField(min_value=1, max_value=5)
