"""The screens of the dashboard: name -> path in the URL, for everything that opens them all."""

PATHS = {
    "today": "",
    "service": "service-levels",
    "handling": "case-handling",
    "nps": "nps",
    "tiers": "customer-tiers",
    "lifecycle": "lifecycle-report",
    "churn": "churn-watchlist",
    "customer": "customer-view",
    "care": "care-calendar",
    "proof": "watchlist-on-trial",
    "outreach": "outreach-results",
    "causes": "root-causes",
    "voices": "voice-of-customers",
    "measures": "actions-on-causes",
    "handover": "feeds",
    "quality": "data-quality",
}
