//! Metonymy: whether a place's mention is known to stand for something else.

use super::ScoreError;
use super::pairing::{Rule, pairs};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::sample::{Mention, Sample};
use crate::tally::{ALL, Tally};

const TASK: &str = "places";
/// What gold calls a mention that was judged and stands for what its name says.
const LITERAL: &str = "literal";
/// What gold calls a metonymic mention of which it doesn't say what it stands for.
const METONYMIC: &str = "metonymic";

/// Scores the readings of gold mentions that have one, each with the predicted mention of a place
/// that has the same span; those without are not judged.
///
/// Cells: `metonymic`: precision and recall of mentions that stand for something else, whatever it
/// is; `metonymy`: accuracy of this; `metonymy value`: accuracy of what they stand for, over
/// metonymic mentions of which gold says it.
pub fn metonymy(
    gold: &Sample,
    predicted: &Sample,
    _: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let axis = gold.axis();
    let mentions = |sample: &'_ Sample| -> Vec<(String, Mention)> {
        let entities = sample.entities.iter().flatten();
        let each = entities.flat_map(|e| e.mentions.iter().map(|m| (e.kind.clone(), m.clone())));
        each.collect()
    };
    let judged = |m: &Mention| m.metonymy.is_some() && !m.optional;
    let golds: Vec<Mention> = mentions(gold).into_iter().map(|(_, m)| m).filter(judged).collect();
    let spans: Vec<Vec<Span>> =
        golds.iter().map(|m| axis.accepted(&m.location.at, &m.alternatives)).collect();
    let found: Vec<Mention> = { mentions(predicted).into_iter() }
        .filter(|(kind, _)| kind == "PLACE")
        .map(|(_, m)| m)
        .collect();
    let at: Vec<Span> = found.iter().map(|m| axis.span(&m.location.at)).collect();
    let partners = pairs(&spans, &at, Rule::Exact, |_, _| Some(0));
    for (mention, partner) in golds.iter().zip(partners) {
        let (Some(expected), Some(partner)) = (mention.metonymy.as_deref(), partner) else {
            continue;
        };
        let told = found[partner].metonymy.as_deref().filter(|told| *told != LITERAL);
        let (is, said) = (expected != LITERAL, told.is_some());
        let count = |holds: bool| f64::from(u8::from(holds));
        let cell = Cell::matched(count(is && said), count(said), count(is));
        out.add(TASK, "metonymic", ALL, cell);
        out.add(TASK, "metonymy", ALL, Cell::accuracy(count(is == said), 1.0));
        if is && expected != METONYMIC {
            let right = count(told == Some(expected));
            out.add(TASK, "metonymy value", ALL, Cell::accuracy(right, 1.0));
        }
    }
    Ok(())
}
