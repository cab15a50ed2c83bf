//! Which names name the same: pure functions over the words of names, linear in their number.

mod others;
mod people;

pub(crate) use others::{OtherName, others};
pub(crate) use people::{PersonName, person_words, persons};

/// Names longer than this are compared by their last words only.
const LONGEST: usize = 8;

/// More bearers of one name than this are not told apart; keeps look-ups constant.
const MOST: usize = 32;

fn push(list: &mut Vec<usize>, group: usize) {
    if list.len() < MOST && !list.contains(&group) {
        list.push(group);
    }
}

/// Clusters numbered by their first member.
#[cfg(test)]
fn canonical(of: &[usize]) -> Vec<usize> {
    let mut seen = Vec::new();
    of.iter()
        .map(|group| {
            seen.iter().position(|s| s == group).unwrap_or_else(|| {
                seen.push(*group);
                seen.len() - 1
            })
        })
        .collect()
}
