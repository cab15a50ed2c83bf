//! Entities from tags of tokens, as the formats with a token a line have them.

use dateline::Field;

use crate::sample::{Entity, Location, Mention, Stretch, Token};
use crate::tags::TagSpan;

/// Adds the entities of a sentence, one a mention. Their characters are left for the text to say.
pub(super) fn add(entities: &mut Vec<Entity>, tokens: &[Token], spans: &[TagSpan<'_>]) {
    for span in spans {
        let tokens = &tokens[span.tokens.clone()];
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { continue };
        let (start, end) = (first.location.at.start, last.location.at.end);
        let at = Stretch { field: Field::Text, start, end };
        entities.push(Entity {
            id: format!("e{}", entities.len() + 1),
            kind: span.kind.to_owned(),
            mentions: vec![Mention::at(Location { at, text: String::new() })],
            ..Entity::default()
        });
    }
}
