"""Who may do what in the house."""

COORDINATES = ("coordinator",)
RECEIVES = ("reception", "coordinator")
PLANS = ("reception", "coordinator", "leader")
