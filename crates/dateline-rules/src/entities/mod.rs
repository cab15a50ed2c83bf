//! From names found by the model to entities: clusters of mentions with type, titles and country.

use dateline_text::EntityKind;

use crate::data::{RuleError, Source};
use crate::reading::{EntityFact, Kind, MentionFact, MentionKind, Reading};

/// Lexicons of countries, titles and groups.
#[derive(Debug)]
pub(crate) struct EntityRules {}

impl EntityRules {
    pub(crate) fn load(_source: &Source) -> Result<EntityRules, RuleError> {
        Ok(EntityRules {})
    }
}

/// Finds the entities of an article.
pub(crate) fn find(reading: &mut Reading<'_>, _rules: &EntityRules) {
    for entity in &reading.annotations.entities {
        let kind = match entity.kind {
            EntityKind::Person => Kind::Person,
            EntityKind::Org => Kind::Org,
            EntityKind::Place => Kind::Place,
            EntityKind::Norp => Kind::Norp,
            EntityKind::Event => Kind::Event,
            EntityKind::Misc => Kind::Misc,
            EntityKind::Date => continue,
        };
        let name = reading.text.surface(reading.text.cover(entity.tokens.clone())).to_owned();
        let known = reading.entities.iter().position(|e| e.name == name && e.kind == kind);
        let index = known.unwrap_or(reading.entities.len());
        if known.is_none() {
            reading.entities.push(EntityFact {
                kind,
                subtype: None,
                name,
                aliases: Vec::new(),
                titles: Vec::new(),
                country: None,
            });
        }
        let tree = &reading.tree;
        let range = entity.tokens.clone();
        let outside = |t: &usize| tree.head(*t).is_none_or(|h| !range.contains(&h));
        let head = range.clone().find(outside).unwrap_or(range.end - 1);
        reading.mentions.push(MentionFact {
            entity: index,
            tokens: range,
            head,
            kind: MentionKind::Name,
            score: entity.score,
        });
    }
}
