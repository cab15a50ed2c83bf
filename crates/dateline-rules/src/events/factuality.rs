//! Whether a mention presents its event as done, planned, proposed, denied, past history …
//!
//! The nearest cue wins, from the trigger outwards: its own modifiers, the auxiliaries of its
//! clause, then the word that governs it. Negation counts only on the trigger (or its light
//! verb) itself. A year before the publication's makes an actual event historical.

use dateline_text::{Deprel, Xpos};

use super::ontology::EventType;
use super::sentence::Context;
use super::triggers::Found;
use crate::record::Factuality;

/// How an event is presented, weakest claim first: an event takes the strongest status that one
/// of its mentions states ([`overall`]), because what is reported as done in one place is not
/// undone by talk of it in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Generic,
    Hypothetical,
    Proposed,
    Planned,
    Negated,
    Historical,
    Ongoing,
    Actual,
    Cancelled,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::Generic => "generic",
            Status::Hypothetical => "hypothetical",
            Status::Proposed => "proposed",
            Status::Planned => "planned",
            Status::Historical => "historical",
            Status::Ongoing => "ongoing",
            Status::Actual => "actual",
            Status::Negated => "negated",
            Status::Cancelled => "cancelled",
        }
    }

    /// The record of the status, with its three axes.
    pub(crate) fn record(self) -> Factuality {
        let negative = matches!(self, Status::Negated | Status::Cancelled);
        let certainty = match self {
            Status::Hypothetical => "possible",
            Status::Proposed => "possible",
            Status::Planned => "probable",
            _ => "certain",
        };
        Factuality {
            status: self.as_str().to_owned(),
            polarity: if negative { "negative" } else { "positive" }.to_owned(),
            certainty: certainty.to_owned(),
            future: matches!(self, Status::Planned | Status::Proposed),
        }
    }
}

/// Governors looked through.
const MAX_STEPS: usize = 5;

/// The status of one mention, before its time is known.
///
/// The flag tells whether a cue states it; a noun without any cue is only taken to have happened.
pub(crate) fn of(context: &Context<'_>, found: &Found) -> (Status, bool) {
    let kind = &context.rules.lexicon.types[found.kind];
    if let Some(status) = modified(context, found.token) {
        return (status, true);
    }
    let grammar = &context.rules.grammar;
    let carrier = found.frame.carrier;
    let carrier =
        carrier.filter(|&c| context.is(c, grammar.light) || !context.is(c, grammar.cancelling));
    let start = carrier.unwrap_or(found.token);
    let mut at = start;
    for _ in 0..MAX_STEPS {
        if context.is_verb(at) || at == start && carrier.is_some() {
            if let Some(status) = clause(context, at, kind) {
                return (status, true);
            }
        } else if at != start
            && let Some(status) = modified(context, at)
        {
            return (status, true);
        }
        match governor(context, at, kind) {
            Step::Found(status) => return (status, true),
            Step::Up(next) => at = next,
            Step::Stop => break,
        }
    }
    let presence =
        context.rules.lexicon.triggers[found.trigger].mode.as_deref() == Some("presence");
    (if presence { Status::Ongoing } else { Status::Actual }, found.verbal)
}

/// The status of an event: the strongest that a mention states, else the strongest assumed.
pub(crate) fn overall(mentions: impl Iterator<Item = (Status, bool)> + Clone) -> Status {
    let stated = mentions.clone().filter(|m| m.1).map(|m| m.0).max();
    stated.or_else(|| mentions.map(|m| m.0).max()).unwrap_or(Status::Actual)
}

/// A time before the year of publication makes history, one after the day of publication a plan.
pub(crate) fn with_time(
    status: Status,
    value: Option<&str>,
    published: Option<jiff::civil::Date>,
) -> Status {
    let (Some(value), Some(published)) = (value, published) else { return status };
    let Some(year) = value.get(..4).and_then(|y| y.parse::<i16>().ok()) else { return status };
    let earlier = year < published.year();
    let day = published.to_string();
    let later = value.len() == 10 && value > day.as_str() || year > published.year();
    match status {
        Status::Actual | Status::Proposed | Status::Ongoing if earlier => Status::Historical,
        Status::Actual | Status::Generic if later => Status::Planned,
        other => other,
    }
}

/// Cues before a noun: *planned*, *former*, *no*.
fn modified(context: &Context<'_>, token: usize) -> Option<Status> {
    let grammar = &context.rules.grammar;
    let tree = context.tree;
    if context.is_verb(token) {
        return None;
    }
    for &child in context.children(token) {
        if !matches!(
            tree.deprel(child),
            Deprel::Amod | Deprel::Det | Deprel::Advmod | Deprel::Compound
        ) {
            continue;
        }
        if tree.deprel(child) == Deprel::Det {
            if matches!(tree.word(child).to_lowercase().as_str(), "no" | "neither") {
                return Some(Status::Negated);
            }
            continue;
        }
        if tree.lemma(child).eq_ignore_ascii_case("propose")
            || tree.word(child).eq_ignore_ascii_case("proposed")
        {
            return Some(Status::Proposed);
        }
        let cues = [
            (grammar.upcoming, Status::Planned),
            (grammar.possible, Status::Hypothetical),
            (grammar.formerly, Status::Historical),
            (grammar.ongoing, Status::Ongoing),
        ];
        if let Some((_, status)) = cues.into_iter().find(|(class, _)| context.is(child, *class)) {
            return Some(status);
        }
    }
    None
}

/// What a verb's own clause says: auxiliaries, negation, tense. `None` for bare infinitives and
/// gerunds, whose governor decides.
fn clause(context: &Context<'_>, verb: usize, kind: &EventType) -> Option<Status> {
    let tree = context.tree;
    if tree.is_negated(verb) {
        return Some(Status::Negated);
    }
    let (mut modal, mut past, mut present, mut infinitive, mut formerly) =
        (None, false, false, false, false);
    for &child in context.children(verb) {
        let word = tree.word(child).to_lowercase();
        match tree.deprel(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => match word.as_str() {
                "will" | "shall" | "'ll" | "’ll" | "wo" => modal = Some(Status::Planned),
                "would" | "'d" | "’d" => modal = Some(would(context, verb)),
                "may" | "might" | "could" | "can" => modal = Some(Status::Hypothetical),
                "should" | "must" | "ought" => modal = Some(Status::Proposed),
                "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re" => present = true,
                "was" | "were" | "had" | "did" => past = true,
                "has" | "have" | "been" | "'ve" | "’ve" => past = true,
                _ => {}
            },
            Deprel::Mark => match word.as_str() {
                "if" | "unless" | "whether" => return Some(Status::Hypothetical),
                "to" => infinitive = true,
                _ => {}
            },
            Deprel::Advmod => {
                formerly |= context.is(child, context.rules.grammar.formerly)
                    && matches!(word.as_str(), "originally" | "previously" | "formerly" | "once");
                if context.is(child, context.rules.grammar.possible) {
                    modal = modal.or(Some(Status::Hypothetical));
                }
            }
            _ => {}
        }
    }
    if let Some(modal) = modal {
        return Some(modal);
    }
    if formerly && (past || tree.xpos(verb).is_past()) {
        return Some(Status::Historical);
    }
    if infinitive {
        let title = context.in_title(verb)
            && matches!(tree.deprel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis);
        let headline = context.in_title(verb) && tree.deprel(verb) == Deprel::Acl;
        // "is to close"
        return (title || headline || present).then_some(Status::Planned);
    }
    match tree.xpos(verb) {
        Xpos::Vbg if present && !past => Some(Status::Ongoing),
        Xpos::Vbg if past => Some(Status::Actual),
        Xpos::Vbd => Some(Status::Actual),
        Xpos::Vbn if past || present => Some(Status::Actual),
        Xpos::Vbn if matches!(tree.deprel(verb), Deprel::Root | Deprel::Acl) => {
            Some(Status::Actual)
        }
        Xpos::Vbz | Xpos::Vbp => Some(present_tense(context, verb, kind)),
        _ => None,
    }
}

/// "said it would leave" is a plan; "it would leave if …" is not.
fn would(context: &Context<'_>, verb: usize) -> Status {
    let reported = context.tree.deprel(verb) == Deprel::Ccomp
        && context.tree.head(verb).is_some_and(|h| context.is(h, context.rules.grammar.reporting));
    if reported { Status::Planned } else { Status::Hypothetical }
}

/// Headlines and statements use the present for what happened; a bare plural subject makes a habit.
fn present_tense(context: &Context<'_>, verb: usize, kind: &EventType) -> Status {
    let tree = context.tree;
    if context.in_title(verb) || kind.family == "statement" {
        return Status::Actual;
    }
    let bare = context.surface_subject(verb, 1).is_some_and(|s| {
        tree.xpos(s) == Xpos::Nns
            && !context.children(s).iter().any(|&c| {
                matches!(
                    tree.deprel(c),
                    Deprel::Det
                        | Deprel::Nummod
                        | Deprel::NmodPoss
                        | Deprel::Amod
                        | Deprel::Compound
                )
            })
    });
    if bare { Status::Generic } else { Status::Actual }
}

enum Step {
    Found(Status),
    Up(usize),
    Stop,
}

/// What the word above says of the event.
fn governor(context: &Context<'_>, at: usize, kind: &EventType) -> Step {
    let tree = context.tree;
    let first = context.first_conjunct(at);
    let Some(head) = tree.head(first) else { return Step::Stop };
    let grammar = &context.rules.grammar;
    let verb = context.is_verb(at);
    let relation = tree.deprel(first);
    let (preposition, _) = context.preposition(first);
    let governed = match relation {
        Deprel::Obj | Deprel::NsubjPass | Deprel::Compound | Deprel::NmodPoss => true,
        Deprel::Nsubj => context.is_passive(head) || context.is(head, grammar.occur),
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Csubj => true,
        Deprel::Obl | Deprel::Nmod | Deprel::Advcl => {
            matches!(
                preposition.as_str(),
                "" | "of" | "for" | "on" | "to" | "about" | "from" | "into" | "as"
            )
        }
        _ => false,
    };
    if !governed {
        return Step::Stop;
    }
    let finite =
        relation == Deprel::Ccomp && !context.is_infinitive(first) && tree.xpos(first) != Xpos::Vbg;
    let is = |class| context.is(head, class);
    let purpose = relation == Deprel::Advcl && context.is_infinitive(first);
    if is(grammar.denying) && (relation == Deprel::Obj || verb) && kind.family != "statement" {
        return Step::Found(Status::Negated);
    }
    if finite {
        return if is(grammar.supposing) { Step::Found(Status::Hypothetical) } else { Step::Stop };
    }
    if is(grammar.failing) && (!is(grammar.proposing) || tree.is_negated(head)) {
        let particle =
            context.children(head).iter().any(|&c| tree.deprel(c) == Deprel::CompoundPrt);
        if !tree.lemma(head).eq_ignore_ascii_case("rule") || particle {
            return Step::Found(Status::Negated);
        }
    }
    if is(grammar.cancelling)
        && !purpose
        && matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Nmod)
    {
        let off = context.children(head).iter().any(|&c| tree.word(c).eq_ignore_ascii_case("off"));
        if !tree.lemma(head).eq_ignore_ascii_case("call") || off {
            return Step::Found(Status::Cancelled);
        }
    }
    if is(grammar.topical) && verb {
        return Step::Found(Status::Proposed);
    }
    let talked = is(grammar.talking);
    if is(grammar.proposing) && !(talked && kind.given) && !purpose {
        return Step::Found(Status::Proposed);
    }
    if is(grammar.planning) && (verb || !matches!(relation, Deprel::Nsubj)) && !purpose {
        let announced = tree.lemma(head).eq_ignore_ascii_case("announce");
        if !(announced && kind.given) {
            return Step::Found(Status::Planned);
        }
    }
    if is(grammar.supposing) && !purpose {
        return Step::Found(Status::Hypothetical);
    }
    if purpose {
        // "rallied to win": in a match it tells how it ended.
        let ended = kind.name == "sport_culture.contest" && tree.xpos(head).is_past();
        return if ended { Step::Up(head) } else { Step::Found(Status::Planned) };
    }
    if is(grammar.aspect)
        || is(grammar.light)
        || is(grammar.transparent)
        || (verb && relation == Deprel::Xcomp)
    {
        return Step::Up(head);
    }
    if relation == Deprel::Acl && context.is_infinitive(first) {
        return Step::Found(Status::Hypothetical);
    }
    Step::Stop
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_make_history_and_dates_to_come_make_plans() {
        let published = Some(jiff::civil::date(2024, 7, 23));
        let cases = [
            (Status::Actual, Some("2003"), Status::Historical),
            (Status::Actual, Some("2024-07-22"), Status::Actual),
            (Status::Actual, Some("2024-08-01"), Status::Planned),
            (Status::Planned, Some("2003"), Status::Planned),
            (Status::Negated, Some("2003"), Status::Negated),
            (Status::Actual, None, Status::Actual),
            (Status::Actual, Some("PRESENT_REF"), Status::Actual),
        ];
        for (status, value, expected) in cases {
            assert_eq!(with_time(status, value, published), expected, "{status:?} {value:?}");
        }
    }
}
