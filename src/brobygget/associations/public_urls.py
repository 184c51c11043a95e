"""Addresses that everybody may open: finding, one association, what an association is, files for other programs."""

from django.urls import path

from brobygget.associations.views import (
    api,
    association,
    calendars,
    embed,
    feeds,
    find,
    interests,
    open_data,
    paper,
    what,
)
from brobygget.web.addresses import by_words

app_name = "find"
addresses = [
    path("find/", find.start, name="start"),
    path("find/interests/", find.interests, name="interests"),
    path("find/wishes/", find.wishes, name="wishes"),
    path("find/results/", find.results, name="results"),
    path("find/results/paper/", paper.results, name="results_paper"),
    path("find/calendar.ics", calendars.town, name="town_calendar"),
    path("find/calendar/interest/<slug:interest>.ics", calendars.interest, name="interest_calendar"),
    path("find/calendar/language/<slug:code>.ics", calendars.language, name="language_calendar"),
    path("find/<int:pk>/", association.association, name="association"),
    path("find/<int:pk>/paper/", paper.association, name="association_paper"),
    path("find/<int:pk>/contact.vcf", association.contact, name="association_contact"),
    path("find/<int:pk>/calendar.ics", calendars.association, name="association_calendar"),
    path("what-is-an-association/", what.what, name="what"),
    path("what-is-an-association/paper/", what.what_paper, name="what_paper"),
    path("what-is-an-association/talk/", what.talk, name="talk"),
    path("what-is-an-association/talk/paper/", what.talk_paper, name="talk_paper"),
    path("what-is-an-association/talk/wall/<int:number>/", what.talk_wall, name="talk_wall"),
    # for other programs
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/associations.csv", open_data.public_csv, name="public_csv"),
    path("open-data/associations.xlsx", open_data.public_xlsx, name="public_xlsx"),
    path("open-data/associations.json", open_data.public_json, name="public_json"),
    path("open-data/dcat.rdf", open_data.catalogue_record, name="catalogue"),
    path("find/feed.rss", feeds.rss, name="rss"),
    path("find/feed.atom", feeds.atom, name="atom"),
    path("find/feed.json", feeds.json_feed, name="json_feed"),
    path("find/embed/", embed.embed, name="embed"),
    path("api/", api.api, name="api"),
    path("api/openapi.json", api.openapi_document, name="openapi"),
    path("api/organizations", api.organizations, name="api_organizations"),
    path("api/organizations/<str:identifier>", api.organization, name="api_organization"),
    path("api/services", api.services, name="api_services"),
    path("api/services/<str:identifier>", api.service, name="api_service"),
    path("api/taxonomy_terms", api.taxonomy_terms, name="api_terms"),
    # for those who keep the register
    path("register/files/", open_data.register_files, name="register_files"),
    path("register/files/register.<str:kind>", open_data.full_file, name="full_file"),
    path("register/files/restoring/", open_data.restoring, name="restoring"),
    path("register/files/licence/", open_data.licence, name="licence"),
    path("register/interests/", interests.interests, name="kept_interests"),
    path("register/interests/new/", interests.new, name="interest_new"),
    path("register/interests/<str:interest>/", interests.interest, name="kept_interest"),
    path("register/interests/<str:interest>/labels/", interests.labels, name="interest_labels"),
    path("register/interests/<str:interest>/retirement/", interests.retirement, name="interest_retirement"),
    path("register/words/", interests.words, name="words"),
    path("register/words/<int:pk>/decision/", interests.decision, name="word_decision"),
]
urlpatterns = by_words(addresses)
