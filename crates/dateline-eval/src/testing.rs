//! A document with something of everything, and runs of a few articles, for tests.

use dateline::record::{
    Attribution, Codes, Document, Entity, Event, EventMention, EventPlace, EventTime, Factuality,
    Location, MainEvent, Mention, Published, Quantity, Role, Time,
};
use dateline::{Article, Field};

use crate::articles::Articles;
use crate::cells::{Cell, Cells, Key};

/// The location of the `nth` (from 0) occurrence of `surface`, in code points.
pub(crate) fn find(article: &Article, field: Field, surface: &str, nth: usize) -> Location {
    let text = match field {
        Field::Title => article.title.as_deref().unwrap(),
        Field::Text => &article.text,
    };
    let (byte, _) = text.match_indices(surface).nth(nth).unwrap();
    let start = text[..byte].chars().count();
    let end = start + surface.chars().count();
    Location { field, start, end, text: surface.to_owned() }
}

pub(crate) fn mention(location: Location) -> Mention {
    Mention { location, kind: "name".to_owned(), score: 0.9, metonymy: None }
}

pub(crate) fn entity(id: &str, kind: &str, mentions: Vec<Mention>) -> Entity {
    Entity {
        id: id.to_owned(),
        kind: kind.to_owned(),
        subtype: None,
        name: String::new(),
        aliases: Vec::new(),
        titles: Vec::new(),
        affiliations: Vec::new(),
        country: None,
        latitude: None,
        longitude: None,
        salience: 0.0,
        mentions,
    }
}

pub(crate) fn time(id: &str, location: Location, value: &str) -> Time {
    Time {
        id: id.to_owned(),
        location,
        kind: "DATE".to_owned(),
        value: Some(value.to_owned()),
        modifier: None,
        anchor: None,
    }
}

pub(crate) fn factuality(polarity: &str) -> Factuality {
    Factuality {
        status: "planned".to_owned(),
        polarity: polarity.to_owned(),
        certainty: "certain".to_owned(),
        future: true,
    }
}

pub(crate) fn event(id: &str, kind: &str, triggers: Vec<Location>) -> Event {
    let mention = |location| EventMention { location, factuality: factuality("negative") };
    Event {
        id: id.to_owned(),
        kind: kind.to_owned(),
        family: "diplomacy".to_owned(),
        mode: None,
        label: "talks".to_owned(),
        score: 0.8,
        salience: "main".to_owned(),
        mentions: triggers.into_iter().map(mention).collect(),
        roles: Vec::new(),
        time: None,
        place: None,
        factuality: factuality("negative"),
        attribution: None,
        codes: Codes::default(),
    }
}

pub(crate) fn empty(article: &Article) -> Document {
    Document { offsets: "codepoint".to_owned(), windows: 1, ..Document::new(article) }
}

/// A document and its article, with characters of every width.
pub(crate) fn document() -> (Document, Article) {
    let article = Article {
        id: "d1".to_owned(),
        title: Some("Zoë 😀 & Ann to meet".to_owned()),
        text: "Zoe\u{301} won't meet Ann Lund on Monday,\r\n𝒜nn <said>. Two talks failed."
            .to_owned(),
        ..Article::default()
    };
    let at = |surface: &str, nth| find(&article, Field::Text, surface, nth);
    let title = |surface: &str| find(&article, Field::Title, surface, 0);
    let mut document = empty(&article);
    document.published = Some(Published {
        value: "2024-07-21".to_owned(),
        source: "argument".to_owned(),
        location: None,
    });
    document.entities = vec![
        entity("e1", "PERSON", vec![mention(title("Zoë")), mention(at("Zoe\u{301}", 0))]),
        entity(
            "e2",
            "PERSON",
            vec![mention(title("Ann")), mention(at("Ann Lund", 0)), mention(at("𝒜nn", 0))],
        ),
        entity("e3", "ORG", vec![mention(at("Lund", 0))]),
    ];
    document.entities[0].country = Some("SWE".to_owned());
    document.times = vec![time("t1", at("Monday", 0), "2024-07-22")];
    document.quantities = vec![Quantity {
        id: "q1".to_owned(),
        location: at("Two", 0),
        kind: "count".to_owned(),
        value: Some(2.0),
        unit: Some("talks".to_owned()),
        modifier: None,
    }];
    let role = |role: &str, location: Location| Role {
        role: role.to_owned(),
        entity: None,
        event: None,
        time: None,
        quantity: None,
        location,
        inferred: None,
    };
    let mut meeting = event("ev1", "diplomacy.talks", vec![title("meet"), at("meet", 0)]);
    meeting.roles = vec![
        Role { entity: Some("e1".to_owned()), ..role("participant", at("Zoe\u{301}", 0)) },
        Role { entity: Some("e2".to_owned()), ..role("participant", at("Ann Lund", 0)) },
        Role { quantity: Some("q1".to_owned()), ..role("theme", at("Two", 0)) },
    ];
    meeting.time = Some(EventTime {
        value: Some("2024-07-22".to_owned()),
        reference: Some("t1".to_owned()),
        inferred: None,
    });
    meeting.place =
        Some(EventPlace { entity: None, country: Some("SWE".to_owned()), inferred: None });
    meeting.attribution = Some(Attribution {
        source: Some("e2".to_owned()),
        cue: at("said", 0),
        kind: "indirect".to_owned(),
    });
    let mut failure = event("ev2", "diplomacy.relations", vec![at("failed", 0)]);
    failure.roles =
        vec![Role { event: Some("ev1".to_owned()), ..role("theme", at("meet Ann", 0)) }];
    document.events = vec![meeting, failure];
    document.main_event = Some(MainEvent {
        event: "ev1".to_owned(),
        who: vec!["e1".to_owned()],
        what: "talks".to_owned(),
        when: None,
        when_inferred: None,
        place: None,
        where_inferred: None,
        why: None,
        how: None,
    });
    (document, article)
}

/// Exact matches of entities of all types.
pub(crate) fn key() -> Key {
    Key { task: "entities", metric: "strict", group: "all".into() }
}

/// A run over articles of ten mentions with as many hits as said.
pub(crate) fn run(ids: impl IntoIterator<Item = (usize, f64)>) -> Articles {
    let mut articles = Articles::default();
    for (id, hits) in ids {
        articles.push(&id.to_string(), &Cells::from([(key(), Cell::matched(hits, 10.0, 10.0))]));
    }
    articles
}
