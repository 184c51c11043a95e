"""What may be sent from the desk."""

from __future__ import annotations

from django import forms


class PressForm(forms.Form):
    """One press: a grown-up or a child, in or taken back, on the day that it was made."""

    kind = forms.ChoiceField(choices=[("adult", ""), ("child", ""), ("adult-back", ""), ("child-back", "")])
    day = forms.DateField()

    @property
    def adults(self) -> int:
        return {"adult": 1, "adult-back": -1}.get(self.cleaned_data["kind"], 0)

    @property
    def children(self) -> int:
        return {"child": 1, "child-back": -1}.get(self.cleaned_data["kind"], 0)
