"""What the labels of the corpora stand for, by hand: everything of the maps that event_maps.json does not say.

A value is one of our types, a list when any of them is right (the first names the item), or "" where the
label stands for nothing of ours: its gold items are not compared, nor are predictions on them.
"""
from __future__ import annotations

# Types of named things that the pipeline writes.
OUR_ENTITIES = ("PERSON", "ORG", "PLACE", "NORP", "EVENT", "GROUP", "MISC")

# CoNLL's MISC holds nationalities, events and works alike.
CONLL_MISC = ["MISC", "NORP", "EVENT"]
PEOPLE = ["PERSON", "GROUP", "NORP"]

ENTITIES: dict[str, dict[str, str | list[str]]] = {
    "conll2003": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": CONLL_MISC},
    "wikigold": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": CONLL_MISC},
    # OTH is in the training part only; the others do not label what it holds.
    "uner_ewt": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "OTH": ""},
    "btc": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"},
    "wnut17": {"person": "PERSON", "corporation": "ORG", "group": ["ORG", "NORP", "GROUP"], "location": "PLACE",
               "product": "MISC", "creative-work": "MISC"},
    "gmb": {"per": "PERSON", "org": "ORG", "geo": "PLACE", "gpe": ["NORP", "PLACE"], "eve": "EVENT", "art": "MISC",
            "nat": ["MISC", "EVENT"], "tim": ""},
    "crossner": {
        **dict.fromkeys(("person", "politician", "writer", "scientist", "researcher", "musicalartist"), "PERSON"),
        **dict.fromkeys(("organisation", "politicalparty", "band", "university"), "ORG"),
        **dict.fromkeys(("location", "country"), "PLACE"),
        **dict.fromkeys(("event", "election"), "EVENT"),
        **dict.fromkeys(("award", "book", "album", "song", "poem", "product", "programlang"), "MISC"),
        "conference": ["EVENT", "ORG", "MISC"],
        "astronomicalobject": ["PLACE", "MISC"],
        "magazine": ["MISC", "ORG"],
        "academicjournal": ["MISC", "ORG"],
        "misc": CONLL_MISC,
        # Terms rather than names.
        **dict.fromkeys(("musicgenre", "literarygenre", "field", "task", "algorithm", "discipline", "metrics",
                         "chemicalcompound", "chemicalelement", "protein", "enzyme", "theory", "musicalinstrument"), ""),
    },
    "redocred": {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": ["MISC", "EVENT", "NORP"], "TIME": "", "NUM": ""},
    # Persons may be many, countries that act are organizations; events are noun phrases, seldom names.
    "gum": {"person": PEOPLE, "organization": ["ORG", "PLACE", "GROUP"], "place": "PLACE", "event": "", "time": "", "object": "",
            "abstract": "", "substance": "", "animal": "", "plant": ""},
    "meantime": {"PER": PEOPLE, "ORG": ["ORG", "GROUP"], "LOC": "PLACE", "PRO": "MISC", "FIN": "", "MIX": "", "UNKNOWN": ""},
    "wikievents": {"PER": PEOPLE, "ORG": ["ORG", "GROUP"], "GPE": ["PLACE", "NORP"], "LOC": "PLACE", "FAC": ["PLACE", "ORG"],
                   **dict.fromkeys(("WEA", "VEH", "VAL", "MHI", "COM", "TTL", "SID", "ABS", "MON", "CRM", "BOD", "INF", "LAW",
                                    "PTH", "RES", "SEN", "BAL", "NAT"), "")},
    # `other` are adjectives and nouns of nations, faiths and movements.
    "dwie": {"person": "PERSON", "organization": "ORG", "location": "PLACE", "ethnicity": "NORP", "other": "NORP",
             "event": "EVENT", "misc": "MISC", "role": "", "time": "", "money": ""},
    "worldwide": {"Person": "PERSON", "Organization": "ORG", "Location": "PLACE", "Facility": "PLACE", "NORP": "NORP",
                  "Misc": ["MISC", "EVENT"], "Product": "MISC", "Date": "", "Money": ""},
    # Toponyms of LGL are partly adjectives ("Georgian"). What GeoWebNews calls a modifier is often one,
    # too; a coerced toponym is a building or an institution.
    "geoparsing": {"TOPONYM": ["PLACE", "NORP"], "Literal": "PLACE", "Mixed": ["PLACE", "NORP"],
                   "Metonymic": ["PLACE", "NORP", "ORG"], "Literal_Modifier": ["PLACE", "NORP"],
                   "Non_Literal_Modifier": ["NORP", "PLACE"], "Coercion": ["PLACE", "ORG"], "Demonym": "NORP",
                   **dict.fromkeys(("Embedded_Literal", "Embedded_Non_Lit", "Literal_Expression", "Non_Lit_Expression",
                                    "Non_Toponym", "Homonym", "Language"), "")},
}

# Corpora that label names only: predicted nominals and pronouns are not compared there.
NAMES_ONLY = {"conll2003", "wikigold", "uner_ewt", "btc", "wnut17", "gmb", "crossner", "redocred", "dwie", "worldwide",
              "geoparsing"}

# Corpora whose roles are PropBank's, FrameNet's or otherwise none of ours.
FOREIGN_ROLES = {"causalnews", "ewt_propbank", "geneva", "meantime"}
# Those of them whose fillers are entities, so that who takes part can be compared.
PARTICIPANTS = {"meantime"}

# Classes of events that are no types: any type of a family, any at all ("*"), or not scored ("").
CLASSES: dict[str, dict[str, str]] = {
    "timebank": {"OCCURRENCE": "*", "REPORTING": "statement", "I_ACTION": "*", "ASPECTUAL": "", "STATE": "", "I_STATE": "",
                 "PERCEPTION": ""},
    "ecbplus": {"ACTION_OCCURRENCE": "*", "ACTION_REPORTING": "statement", "ACTION_CAUSATIVE": "*", "ACTION_GENERIC": "*",
                "ACTION_ASPECTUAL": "", "ACTION_STATE": "", "ACTION_PERCEPTION": ""},
    "meantime": {"OTHER": "*", "SPEECH_COGNITIVE": "*", "MIX": "*", "UNKNOWN": "*", "GRAMMATICAL": ""},
    "ewt_propbank": {"PREDICATE": "*"},
    "qanom": {"NOMINALIZATION": "*"},
    "causalnews": {"CAUSALITY": ""},
}

# Types that arguments decide (the star of event_maps.json): the outcomes of its rules. A starred type that
# no rule names stands for itself.
STARRED: dict[str, list[str]] = {
    "movement.transport": ["movement.transport", "military.deployment", "military.withdrawal", "diplomacy.visit",
                           "movement.displacement"],
    "military.attack": ["military.attack", "military.strike", "military.clash", "military.invasion", "crime.violence"],
    "unrest.demonstration": ["unrest.demonstration", "unrest.labor_strike"],
    "business_economy.transaction": ["business_economy.transaction", "diplomacy.aid", "military.arms", "diplomacy.sanction",
                                     "crime.illicit_gain"],
    "statement.say": ["statement.say", "diplomacy.talks"],
    "statement.commit": ["statement.commit", "military.withdrawal"],
}

# Argument roles of the ACE family (ACE, KAIROS, AIDA), without case; any of ours is right.
_AGENTS = ("agent attacker killer injurer destroyer damager damagerdestroyer disabler dismantler jailer perpetrator demonstrator "
           "transporter manufacturer manufacturerassembler preventer impeder executioner violator spy founder researcher treater "
           "identifier teachertrainer observer retreater surrenderer yielder regulator victor monitor")
ACE_ROLES: dict[str, list[str] | str] = {
    # What we call the one who acts depends on the type: an arrest has an authority, a clash participants.
    **dict.fromkeys(_AGENTS.split(), ["agent", "authority", "participant"]),
    **dict.fromkeys("investigator inspector police extraditer granter governmentbody judgecourt".split(), ["authority", "agent"]),
    "prosecutor": ["authority", "plaintiff", "agent"],
    **dict.fromkeys("participant otherparticipant entity voter".split(),
                    ["participant", "agent", "speaker", "addressee", "visitor", "host"]),
    "communicator": ["speaker", "participant"],
    "recipient": ["addressee", "beneficiary", "participant", "seller", "buyer"],
    "giver": ["agent", "buyer", "seller"],
    "beneficiary": "beneficiary",
    **dict.fromkeys("victim deceased bodypart".split(), ["victim", "target"]),
    "patient": ["beneficiary", "victim"],
    **dict.fromkeys("target defeated".split(), ["target", "victim", "participant"]),
    "detainee": "target",
    "defendant": ["defendant", "target"],
    "person": ["target", "person"],
    **dict.fromkeys("artifact passenger passengerartifact driverpassenger".split(), ["theme", "item", "visitor"]),
    **dict.fromkeys("acquiredentity components".split(), "item"),
    **dict.fromkeys("identifiedobject observedentity inspectedentity monitoredentity subject".split(), ["topic", "target", "item"]),
    **dict.fromkeys("fireexplosionobject crashobject".split(), ["vehicle", "place"]),
    **dict.fromkeys("instrument explosivedevice".split(), "instrument"),
    "vehicle": ["vehicle", "instrument"],
    **dict.fromkeys("artifactmoney paymentbarter money".split(), ["amount", "item"]),
    "place": "place",
    "territoryorfacility": ["target", "place"],
    "destination": ["destination", "place"],
    "origin": "origin",
    "crime": ["charge", "cause"],
    **dict.fromkeys("employee candidate".split(), ["person", "candidate"]),
    **dict.fromkeys("placeofemployment gpe".split(), ["organization", "place"]),
    "topic": ["topic", "content"],
    **dict.fromkeys("law result ballot".split(), ["content", "result"]),
    "disease": "disease",
    **dict.fromkeys("identifiedrole learner".split(), ""),
}
ROLES: dict[str, dict[str, list[str] | str]] = {
    "muc34": {"perpetrator_individual": ["agent", "participant"], "perpetrator_organization": ["agent", "participant"],
              "physical_target": "target", "victim": ["victim", "target"], "instrument": "instrument"},
}
ACE_FAMILY = ("m2e2", "wikievents", "rams")

# Root codes of the World Event/Interaction Survey (McClelland, ICPSR 5211), which PETRARCH's unit tests code by (03 is to meet, 22 to
# use force), and the types that they stand for.
WEIS: dict[str, list[str]] = {
    "01": ["military.withdrawal", "statement.commit"],
    "02": ["statement.say"],
    "03": ["diplomacy.visit", "diplomacy.talks"],
    "04": ["statement.endorse"],
    "05": ["statement.commit"],
    "06": ["diplomacy.relations", "diplomacy.sanction", "justice.release"],
    "07": ["diplomacy.aid"],
    "08": ["diplomacy.agreement", "statement.commit"],
    "09": ["statement.demand"],
    "10": ["statement.demand", "government.policy"],
    "11": ["statement.deny"],
    "12": ["statement.accuse"],
    "13": ["statement.accuse"],
    "14": ["statement.deny"],
    "15": ["statement.demand"],
    "16": ["statement.warn"],
    "17": ["statement.warn"],
    "18": ["unrest.demonstration", "military.deployment"],
    "19": ["diplomacy.relations", "diplomacy.sanction", "diplomacy.talks"],
    "20": ["justice.expulsion", "diplomacy.relations"],
    "21": ["justice.arrest", "military.invasion", "crime.abduction"],
    "22": ["military.attack", "military.strike", "military.clash", "military.invasion", "crime.violence"],
}
