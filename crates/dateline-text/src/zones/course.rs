//! The course through a page that has the most in its favour.

use super::evidence::EVIDENCE;
use super::shape::Shape;

/// What the signs of each paragraph say for furniture.
pub(super) fn favours(signs: &[Vec<usize>]) -> Vec<i32> {
    let weight = |signs: &Vec<usize>| signs.iter().map(|sign| EVIDENCE.weights[*sign]).sum();
    signs.iter().map(weight).collect()
}

/// What a change between story and furniture costs the signs: after a blank line, and within a block.
pub(super) fn prices() -> [i32; 2] {
    let weight = |name: &str| EVIDENCE.number(name).map_or(0, |sign| EVIDENCE.weights[sign]);
    [weight("change"), weight("change-within")]
}

/// By how much the best course on which a paragraph is furniture is better than the best on which it
/// is story, from what is in favour of furniture at each paragraph and what a change costs.
pub(super) fn margins(favours: &[i32], shapes: &[Shape], prices: [i32; 2]) -> Vec<i32> {
    let most = |at: usize| {
        let within = shapes[at].block.start < at;
        prices[usize::from(within)].saturating_neg().max(0)
    };
    // What was won by one state before a change is worth no more after it than the change costs.
    let mut ahead = 0;
    let mut margins: Vec<i32> = favours
        .iter()
        .enumerate()
        .map(|(at, favour)| {
            let most = most(at);
            ahead = ahead.clamp(-most, most) + favour;
            ahead
        })
        .collect();
    let mut behind = 0;
    for at in (0..favours.len()).rev() {
        margins[at] += behind;
        let most = most(at);
        behind = (behind + favours[at]).clamp(-most, most);
    }
    margins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::{lines, shape};

    #[test]
    fn a_change_costs_more_than_one_weak_line_is_worth() {
        let text = "- one\n- two\n- three\n\nFour\n";
        let paragraphs = lines::paragraphs(text, 0);
        let surfaces = ["- one", "- two", "- three", "Four"];
        let shapes = shape::shapes(&surfaces, &paragraphs);
        let furniture = |favours: &[i32]| -> Vec<bool> {
            margins(favours, &shapes, [-100, -200]).iter().map(|margin| *margin > 0).collect()
        };
        assert_eq!(furniture(&[300, -50, 300, -50]), [true, true, true, true]);
        assert_eq!(furniture(&[300, -50, 300, -150]), [true, true, true, false]);
        assert_eq!(furniture(&[300, -450, 300, 0]), [true, false, true, true]);
        assert_eq!(margins(&[5, -500], &shapes, [-100, -200]), [-195, -495]);
    }
}
