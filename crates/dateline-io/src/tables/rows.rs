//! The rows of the flat tables. Their fields stand in the order of the columns.

use dateline::Field;
use serde::Serialize;

/// The rows of one document.
pub(crate) struct Flat<'a> {
    pub(super) articles: [ArticleRow<'a>; 1],
    pub(super) entities: Vec<EntityRow<'a>>,
    pub(super) mentions: Vec<MentionRow<'a>>,
    pub(super) events: Vec<EventRow<'a>>,
    pub(super) roles: Vec<RoleRow<'a>>,
    pub(super) times: Vec<TimeRow<'a>>,
}

#[derive(Serialize)]
pub(super) struct ArticleRow<'a> {
    pub(super) article: u64,
    pub(super) article_id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) published: Option<&'a str>,
    pub(super) published_source: Option<&'a str>,
    pub(super) language: &'a str,
    pub(super) offsets: &'a str,
    pub(super) windows: usize,
    pub(super) warnings: Option<String>,
    pub(super) entity_count: usize,
    pub(super) event_count: usize,
    pub(super) main_event: Option<&'a str>,
    pub(super) main_who: Option<String>,
    pub(super) main_who_entities: Option<String>,
    pub(super) main_what: Option<&'a str>,
    pub(super) main_when: Option<&'a str>,
    pub(super) main_when_inferred: Option<&'a str>,
    pub(super) main_where: Option<&'a str>,
    pub(super) main_where_entity: Option<&'a str>,
    pub(super) main_where_inferred: Option<&'a str>,
    pub(super) main_why: Option<&'a str>,
    pub(super) main_why_event: Option<&'a str>,
    pub(super) main_how: Option<&'a str>,
    pub(super) duplicate_of: Option<&'a str>,
    pub(super) similarity: Option<f64>,
    pub(super) text: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct EntityRow<'a> {
    pub(super) article: u64,
    pub(super) article_id: &'a str,
    pub(super) entity_id: &'a str,
    pub(super) r#type: &'a str,
    pub(super) subtype: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) aliases: Option<String>,
    pub(super) titles: Option<String>,
    pub(super) affiliations: Option<String>,
    pub(super) country: Option<&'a str>,
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
    pub(super) salience: f64,
    pub(super) mention_count: usize,
    pub(super) first_field: Option<Field>,
    pub(super) first_start: Option<usize>,
    pub(super) first_end: Option<usize>,
    pub(super) score: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct MentionRow<'a> {
    pub(super) article: u64,
    pub(super) article_id: &'a str,
    pub(super) entity_id: &'a str,
    pub(super) field: Field,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) kind: &'a str,
    pub(super) score: f64,
    pub(super) metonymy: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct EventRow<'a> {
    pub(super) article: u64,
    pub(super) article_id: &'a str,
    pub(super) event_id: &'a str,
    pub(super) r#type: &'a str,
    pub(super) family: &'a str,
    pub(super) mode: Option<&'a str>,
    pub(super) label: &'a str,
    pub(super) score: f64,
    pub(super) salience: &'a str,
    pub(super) mention_count: usize,
    pub(super) field: Option<Field>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) text: Option<&'a str>,
    pub(super) status: &'a str,
    pub(super) polarity: &'a str,
    pub(super) certainty: &'a str,
    pub(super) future: bool,
    pub(super) time: Option<&'a str>,
    pub(super) time_id: Option<&'a str>,
    pub(super) time_inferred: Option<&'a str>,
    pub(super) place_entity: Option<&'a str>,
    pub(super) place_name: Option<&'a str>,
    pub(super) country: Option<&'a str>,
    pub(super) place_inferred: Option<&'a str>,
    pub(super) source_entity: Option<&'a str>,
    pub(super) source_name: Option<&'a str>,
    pub(super) source_kind: Option<&'a str>,
    pub(super) cue: Option<&'a str>,
    pub(super) plover: Option<&'a str>,
    pub(super) cameo: Option<&'a str>,
    pub(super) ace: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct RoleRow<'a> {
    pub(super) article: u64,
    pub(super) article_id: &'a str,
    pub(super) event_id: &'a str,
    pub(super) role: &'a str,
    pub(super) entity_id: Option<&'a str>,
    pub(super) event: Option<&'a str>,
    pub(super) time: Option<&'a str>,
    pub(super) quantity: Option<&'a str>,
    pub(super) field: Field,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) inferred: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct TimeRow<'a> {
    pub(super) article: u64,
    pub(super) article_id: &'a str,
    pub(super) time_id: &'a str,
    pub(super) field: Field,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) r#type: &'a str,
    pub(super) value: Option<&'a str>,
    pub(super) r#mod: Option<&'a str>,
    pub(super) anchor: Option<&'a str>,
}
