//! The output record, schema `dateline/1`: what Dateline concludes about one article.
//!
//! Inside the library all offsets are bytes in the article's joined source; [`Document::convert`]
//! turns them, once, into offsets within the title or the text in the unit the user asked for.

use dateline_text::{Article, Field, OffsetMap, OffsetUnit, Span, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the output record.
pub const SCHEMA: &str = "dateline/1";

/// A stretch of one of the article's fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// `title` or `text`: the field that the offsets count in.
    #[schemars(with = "String")]
    pub field: Field,
    /// Offset of the first character, in the record's offset unit.
    pub start: usize,
    /// Offset one past the last character.
    pub end: usize,
    /// The characters themselves.
    pub text: String,
}

impl Location {
    /// The location of `span` in `text`, in bytes of the joined source until
    /// [`Document::convert`] is called.
    pub fn of(text: &Text, span: Span) -> Location {
        let (field, _) = text.locate(span);
        Location { field, start: span.start, end: span.end, text: text.surface(span).to_owned() }
    }
}

/// Everything Dateline says of one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// Always `dateline/1`.
    pub schema: String,
    /// The article's identifier.
    pub id: String,
    /// The title, where there is one.
    pub title: Option<String>,
    /// Language the article seems to be in (ISO 639-1, else 639-3). It is read as English (`en`) all
    /// the same, with a warning.
    pub language: String,
    /// Publication date; null where neither the input nor the text states one.
    pub published: Option<Published>,
    /// Unit of all offsets: `codepoint`, `byte` or `utf16`.
    pub offsets: String,
    /// The parts of the article.
    pub zones: Vec<ZoneRecord>,
    /// Who and where: people, organizations, places, groups, named events.
    pub entities: Vec<Entity>,
    /// Time expressions (TIMEX3).
    pub times: Vec<Time>,
    /// Numbers that count or measure something.
    pub quantities: Vec<Quantity>,
    /// What happened, is planned, or is said to have happened.
    pub events: Vec<Event>,
    /// Relations between events.
    pub event_relations: Vec<EventRelation>,
    /// What is quoted, and from whom.
    pub quotes: Vec<Quote>,
    /// The event the article is about.
    pub main_event: Option<MainEvent>,
    /// How many windows the encoder read.
    pub windows: usize,
    /// What the user should know about how the article was read.
    pub warnings: Vec<String>,
    /// The article before it that this one is a copy of, where copies were looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<Duplicate>,
    /// The text that offsets refer to, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An article that says the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Duplicate {
    /// Identifier of the first article of those that are copies of each other.
    pub id: String,
    /// Share of the words in a row that this article and the last copy before it have in common,
    /// 0 to 1 (Jaccard, estimated).
    pub similarity: f64,
}

/// The publication date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// ISO 8601 date.
    pub value: String,
    /// Where it was read: `argument`, `metadata`, `wire id`, `dateline`, `byline`, `furniture`.
    pub source: String,
    /// The characters it was read from, where it was read from the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// One part of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ZoneRecord {
    /// `title`, `dateline`, `byline`, `body` or `furniture`.
    pub kind: String,
    /// `title` or `text`.
    #[schemars(with = "String")]
    pub field: Field,
    /// Offset of the first character.
    pub start: usize,
    /// Offset one past the last character.
    pub end: usize,
}

/// Someone or something named, with all its mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// `e1`, `e2`, … in order of first mention.
    pub id: String,
    /// `PERSON`, `ORG`, `PLACE`, `NORP`, `EVENT`, `GROUP` or `MISC`.
    #[serde(rename = "type")]
    pub kind: String,
    /// For places: `country`, `region`, `city`, `facility`, `natural`, `other`.
    pub subtype: Option<String>,
    /// The fullest name.
    pub name: String,
    /// Other names it goes by in this article.
    pub aliases: Vec<String>,
    /// Offices and ranks (`Prime Minister`, `Major General`).
    pub titles: Vec<String>,
    /// Of a person: ids of the organizations, places and peoples that the titles are held of
    /// (`Iraqi` in "Iraqi Prime Minister Jane Doe").
    pub affiliations: Vec<String>,
    /// ISO 3166-1 alpha-3 code of the country that it is, lies in or belongs to.
    pub country: Option<String>,
    /// For places: degrees north, where the gazetteer has them.
    pub latitude: Option<f64>,
    /// For places: degrees east, where the gazetteer has them.
    pub longitude: Option<f64>,
    /// How likely a short summary of the article is to mention it, 0 to 1.
    pub salience: f64,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Mention>,
}

/// One place where an entity is mentioned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// `name`, `nominal` or `pronoun`.
    pub kind: String,
    /// Calibrated probability that this is a mention of this type.
    pub score: f64,
    /// What it stands for here, where that is not what the name says: of a place `government`,
    /// `people`, `team` or `organization` ("Kabul rejected the offer"), of an organization `place`
    /// ("outside the ministry"); null where it is meant literally.
    #[serde(default)]
    pub metonymy: Option<String>,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// `t1`, `t2`, … in text order.
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value (`2024-07-22`, `2011`, `P3D`, `PRESENT_REF`); null where it cannot be told.
    pub value: Option<String>,
    /// TIMEX3 modifier (`START`, `APPROX`, `BEFORE`, …).
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// What a relative value was computed from: `published`, or the id of another time expression
    /// ("a day earlier"); null for an absolute one.
    pub anchor: Option<String>,
}

/// A number that counts or measures something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// `q1`, `q2`, … in text order.
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// `count`, `money`, `percent` or `measure`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The number.
    pub value: Option<f64>,
    /// What is counted, or the unit (`troops`, `USD`, `percent`, `km`).
    pub unit: Option<String>,
    /// `APPROX`, `MORE_THAN`, `LESS_THAN`.
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
}

/// One happening: done, planned, proposed, denied or only spoken of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `ev1`, `ev2`, … in order of first mention.
    pub id: String,
    /// One of the ontology's types (`diplomacy.talks`).
    #[serde(rename = "type")]
    pub kind: String,
    /// The type's family (`diplomacy`).
    pub family: String,
    /// How, where the type distinguishes modes.
    pub mode: Option<String>,
    /// A short noun phrase composed from topic and type (`troop withdrawal talks`).
    pub label: String,
    /// Probability that the trigger names an event, from the model's event head.
    pub score: f64,
    /// `main`, `foreground` or `background`.
    pub salience: String,
    /// Where it is mentioned.
    pub mentions: Vec<EventMention>,
    /// Who and what took part.
    pub roles: Vec<Role>,
    /// When; null where the article does not say.
    pub time: Option<EventTime>,
    /// Where; null where the article does not say.
    pub place: Option<EventPlace>,
    /// Done, planned, denied …
    pub factuality: Factuality,
    /// Who says so; null where it is the article itself.
    pub attribution: Option<Attribution>,
    /// Codes in other ontologies.
    pub codes: Codes,
}

/// One place where an event is mentioned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventMention {
    /// The trigger.
    #[serde(flatten)]
    pub location: Location,
    /// Factuality as this mention presents it.
    pub factuality: Factuality,
}

/// A filled role. One of `entity`, `event`, `time`, `quantity` names the filler; where none does,
/// the filler is the text itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// Role name from the ontology (`participant`, `target`, …).
    pub role: String,
    /// Entity id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Event id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Time id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Quantity id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The mention that fills the role.
    #[serde(flatten)]
    pub location: Location,
    /// What the filler was inferred from, where the sentence does not state it.
    pub inferred: Option<String>,
}

/// When an event takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventTime {
    /// TIMEX3 value.
    pub value: Option<String>,
    /// Id of the time expression.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// What it was inferred from, where the event's own clause does not state it.
    pub inferred: Option<String>,
}

/// Where an event takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventPlace {
    /// Entity id.
    pub entity: Option<String>,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// What it was inferred from, where the event's own clause does not state it.
    pub inferred: Option<String>,
}

/// Whether, by whom and when an event is presented as real.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Factuality {
    /// `actual`, `ongoing`, `planned`, `proposed`, `hypothetical`, `negated`, `historical`,
    /// `cancelled` or `generic`.
    pub status: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// `certain`, `probable` or `possible`.
    pub certainty: String,
    /// True if it lies after the time of writing.
    pub future: bool,
}

/// Who says that an event happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Entity id of the speaker; null where the article names none.
    pub source: Option<String>,
    /// The word that attributes (`said`, `according to`).
    pub cue: Location,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
}

/// Codes in other ontologies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Codes {
    /// PLOVER event type and mode.
    pub plover: Option<String>,
    /// CAMEO root code, two digits.
    pub cameo: Option<String>,
    /// ACE 2005 subtype.
    pub ace: Option<String>,
}

/// A relation between two events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventRelation {
    /// `subevent_of`, `before`, `after`, `causes`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Event id.
    pub from: String,
    /// Event id.
    pub to: String,
}

/// Quoted words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// Where, with its marks.
    #[serde(flatten)]
    pub location: Location,
    /// `direct` or `partial`.
    pub kind: String,
    /// Entity id of the speaker, where the article tells.
    pub speaker: Option<String>,
}

/// The event an article is about, with the answers to the questions of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MainEvent {
    /// Event id.
    pub event: String,
    /// Entity ids of those who take part; the article's words for one who is no entity.
    pub who: Vec<String>,
    /// The event's label.
    pub what: String,
    /// TIMEX3 value.
    pub when: Option<String>,
    /// What `when` was inferred from, where the event's own clause does not state it: as of an
    /// event, or `sentence`, `lead` (another sentence of the article's beginning), `published`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_inferred: Option<String>,
    /// Entity id of the place.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// What `where` was inferred from, where the event's own clause does not state it: as of an
    /// event, or `sentence`, `lead`, `dateline`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub where_inferred: Option<String>,
    /// What it is about, for or caused by: an event id, or the words of the article.
    pub why: Option<String>,
    /// By what means: the words of the article, or the event's mode.
    #[serde(default)]
    pub how: Option<String>,
}

impl Document {
    /// A document that says nothing yet of `article`.
    pub fn new(article: &Article) -> Document {
        Document {
            schema: SCHEMA.to_owned(),
            id: article.id.clone(),
            title: article.title.clone(),
            language: "en".to_owned(),
            published: None,
            offsets: "byte".to_owned(),
            zones: Vec::new(),
            entities: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            events: Vec::new(),
            event_relations: Vec::new(),
            quotes: Vec::new(),
            main_event: None,
            windows: 0,
            warnings: Vec::new(),
            duplicate_of: None,
            text: None,
        }
    }

    /// Turns byte offsets in the joined source into offsets of `unit` within each field.
    pub fn convert(&mut self, text: &Text, unit: OffsetUnit) {
        let maps = [Field::Title, Field::Text].map(|f| OffsetMap::new(text.field(f), unit));
        let place = |field: Field, start: &mut usize, end: &mut usize| {
            let (_, span) = text.locate(Span::new(*start, *end));
            let map = &maps[usize::from(field == Field::Text)];
            *start = map.convert(text.field(field), span.start);
            *end = map.convert(text.field(field), span.end);
        };
        for zone in &mut self.zones {
            place(zone.field, &mut zone.start, &mut zone.end);
        }
        self.for_each_location(|l| place(l.field, &mut l.start, &mut l.end));
        self.offsets = unit.as_str().to_owned();
    }

    /// Visits every location in the record (all but the zones).
    pub fn for_each_location(&mut self, mut visit: impl FnMut(&mut Location)) {
        if let Some(location) = self.published.as_mut().and_then(|p| p.location.as_mut()) {
            visit(location);
        }
        self.entities.iter_mut().flat_map(|e| &mut e.mentions).for_each(|m| visit(&mut m.location));
        self.times.iter_mut().for_each(|t| visit(&mut t.location));
        self.quantities.iter_mut().for_each(|q| visit(&mut q.location));
        for event in &mut self.events {
            event.mentions.iter_mut().for_each(|m| visit(&mut m.location));
            event.roles.iter_mut().for_each(|r| visit(&mut r.location));
            if let Some(attribution) = &mut event.attribution {
                visit(&mut attribution.cue);
            }
        }
        self.quotes.iter_mut().for_each(|q| visit(&mut q.location));
    }
}
