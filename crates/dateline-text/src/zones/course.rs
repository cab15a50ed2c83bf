//! The course through a page that has the most signs in its favour.

use super::evidence::EVIDENCE;
use super::shape::Shape;

/// Whether each paragraph is furniture, from the signs of each.
pub(super) fn furniture(signs: &[Vec<usize>], shapes: &[Shape]) -> Vec<bool> {
    let weights = &EVIDENCE.weights;
    let weight = |name: &str| EVIDENCE.number(name).map_or(0, |sign| weights[sign]);
    let (change, change_within) = (weight("change"), weight("change-within"));
    let mut best = [0i32, 0];
    let mut from: Vec<[bool; 2]> = Vec::with_capacity(signs.len());
    for (index, signs) in signs.iter().enumerate() {
        let price = if shapes[index].block.start < index { change_within } else { change };
        let favour: i32 = signs.iter().map(|sign| weights[*sign]).sum();
        let changed = if index == 0 {
            [false, false]
        } else {
            [best[1] + price > best[0], best[0] + price > best[1]]
        };
        let story = if changed[0] { best[1] + price } else { best[0] };
        let furniture = if changed[1] { best[0] + price } else { best[1] };
        // Only the difference counts, so that no sum grows with the page.
        best = [0, furniture + favour - story];
        from.push([changed[0], !changed[1]]);
    }
    let mut state = best[1] > best[0];
    let mut out = vec![false; signs.len()];
    for index in (0..signs.len()).rev() {
        out[index] = state;
        state = from[index][usize::from(state)];
    }
    out
}
