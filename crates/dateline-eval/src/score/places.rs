//! Places: the country of each mention, and how far off its coordinates are.

use super::labels::{self, Meaning};
use super::pairing::{Rule, pairs};
use super::spans::is_compared;
use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::mistakes::MistakeKind;
use crate::sample::{Entity, Sample};
use crate::tally::{ALL, Side, Tally, Why};

const TASK: &str = "places";

/// Distance within which a resolved place counts as right: 100 miles (Eisenstein et al. 2010,
/// Gritta et al. 2018).
pub const NEAR_KM: f64 = 161.0;

/// Mean radius of the Earth.
const EARTH_KM: f64 = 6371.0088;

/// Scores gold mentions of entities that have a country or coordinates, each with the overlapping
/// predicted mention, whatever its type.
///
/// Cells: `country` (all, and per country): accuracy over all such mentions, none found is wrong;
/// `coverage`: those with any predicted country; `country where given`: accuracy over these.
/// Where gold has coordinates: `within 161 km` (none found is wrong), `within 161 km where given`,
/// and `mean km where given` (`hits` are the kilometres).
pub fn places(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(entities) = &gold.entities else {
        return Ok(());
    };
    let axis = gold.axis();
    let annotated = axis.annotated(gold);
    let (mut golds, mut spans): (Vec<&Entity>, Vec<Vec<Span>>) = (Vec::new(), Vec::new());
    for entity in
        entities.iter().filter(|entity| entity.country.is_some() || point(entity).is_some())
    {
        for mention in &entity.mentions {
            let accepted = axis.accepted(&mention.location.at, &mention.alternatives);
            let why = if !is_compared(annotated.as_deref(), accepted[0]) {
                Why::NotAnnotated
            } else if mention.optional {
                Why::Optional
            } else {
                match labels::gold(maps.entities.as_ref(), &entity.kind, &entity.types) {
                    Meaning::Types(_) => {
                        golds.push(entity);
                        spans.push(accepted);
                        continue;
                    }
                    Meaning::Left(why) => why,
                    Meaning::Unknown(label) => {
                        return Err(ScoreError::unknown(
                            gold,
                            "gold entity",
                            &label,
                            "entities",
                            accepted[0],
                        ));
                    }
                }
            };
            out.drop_item(TASK, Side::Gold, why, &entity.kind);
        }
    }
    let mut found: Vec<(Span, &Entity)> = Vec::new();
    for entity in predicted.entities.iter().flatten() {
        found.extend(
            entity.mentions.iter().map(|mention| (axis.span(&mention.location.at), entity)),
        );
    }
    let at: Vec<Span> = found.iter().map(|item| item.0).collect();
    // Among overlapping mentions, one that is resolved goes before one that is not.
    let partners = pairs(&spans, &at, Rule::Overlap, |_, index| {
        let entity = found[index].1;
        Some(i64::from(entity.country.is_some() || point(entity).is_some()))
    });
    for ((entity, accepted), partner) in golds.iter().zip(&spans).zip(partners) {
        let partner = partner.map(|index| found[index]);
        judge_country(gold, entity, accepted[0], partner, out);
        judge_distance(entity, partner, out);
    }
    Ok(())
}

fn judge_country(
    sample: &Sample,
    entity: &Entity,
    span: Span,
    partner: Option<(Span, &Entity)>,
    out: &mut Tally,
) {
    let Some(country) = &entity.country else { return };
    let given = partner.and_then(|(at, found)| Some((at, found.country.as_deref()?)));
    let right = given.is_some_and(|(_, given)| given == country);
    let hit = f64::from(u8::from(right));
    out.add(TASK, "country", ALL, Cell::accuracy(hit, 1.0));
    out.add(TASK, "country", country, Cell::accuracy(hit, 1.0));
    let covered = f64::from(u8::from(given.is_some()));
    out.add(TASK, "coverage", ALL, Cell::accuracy(covered, 1.0));
    if given.is_some() {
        out.add(TASK, "country where given", ALL, Cell::accuracy(hit, 1.0));
    }
    if !right {
        let kind = if given.is_some() { MistakeKind::WrongPlace } else { MistakeKind::Missed };
        mistake(out, sample, TASK, kind, Some((span, country)), given);
    }
}

fn judge_distance(entity: &Entity, partner: Option<(Span, &Entity)>, out: &mut Tally) {
    let Some(expected) = point(entity) else { return };
    let distance = partner.and_then(|(_, found)| Some(kilometres(expected, point(found)?)));
    let near = distance.is_some_and(|distance| distance <= NEAR_KM);
    let hit = f64::from(u8::from(near));
    out.add(TASK, "within 161 km", ALL, Cell::accuracy(hit, 1.0));
    if let Some(distance) = distance {
        out.add(TASK, "within 161 km where given", ALL, Cell::accuracy(hit, 1.0));
        out.add(TASK, "mean km where given", ALL, Cell::accuracy(distance, 1.0));
    }
}

/// Latitude and longitude in degrees.
fn point(entity: &Entity) -> Option<(f64, f64)> {
    entity.latitude.zip(entity.longitude)
}

/// Great-circle distance by the haversine formula.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half_sine = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cosines = a.0.to_radians().cos() * b.0.to_radians().cos();
    let h = half_sine(a.0, b.0) + cosines * half_sine(a.1, b.1);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn great_circles() {
        // A degree of latitude; a quarter of the equator; Paris to London, about 344 km.
        assert!((kilometres((10.0, 5.0), (11.0, 5.0)) - 111.195).abs() < 0.01);
        assert!((kilometres((0.0, -20.0), (0.0, 70.0)) - 10_007.56).abs() < 0.1);
        assert!((kilometres((48.8566, 2.3522), (51.5074, -0.1278)) - 343.6).abs() < 1.0);
    }
}
