//! Labelled spans and links between them, as standoff formats hold them, made into entities, times
//! and events.

use std::collections::{BTreeMap, HashMap};

use super::Problem;
use crate::notes::Notes;
use crate::sample::{
    Entity, Event, EventMention, Factuality, Location, Mention, Role, Sample, Stretch, Time,
};

/// What a labelled span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    Entity,
    Time,
    Event,
}

/// A labelled span.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Identifier within the document; empty where the format has none.
    pub(crate) id: String,
    pub(crate) layer: Layer,
    pub(crate) kind: String,
    /// Further labels of the same span.
    pub(crate) types: Vec<String>,
    pub(crate) at: Stretch,
    /// The characters, where the file repeats them.
    pub(crate) text: String,
    pub(crate) score: Option<f64>,
    /// TIMEX3 value, for times.
    pub(crate) value: Option<String>,
    /// For events.
    pub(crate) factuality: Option<Factuality>,
}

/// A directed, named link between two spans.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) kind: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Everything labelled in one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    pub(crate) links: Vec<Link>,
    /// Layers that were annotated even if nothing was found; entities always are.
    pub(crate) times: bool,
    pub(crate) events: bool,
}

impl Item {
    pub(crate) fn new(id: impl Into<String>, label: &str, at: Stretch) -> Item {
        let (layer, kind) = layer_of(label);
        Item {
            id: id.into(),
            layer,
            kind: kind.to_owned(),
            types: Vec::new(),
            at,
            text: String::new(),
            score: None,
            value: None,
            factuality: None,
        }
    }

    fn location(&self) -> Location {
        Location { at: self.at.clone(), text: self.text.clone() }
    }
}

/// The layer of a label in formats that have one set of labels for everything: Dateline writes
/// `time:DATE` and `event:justice.arrest`; all other labels are entity types.
fn layer_of(label: &str) -> (Layer, &str) {
    if let Some(kind) = label.strip_prefix("time:") {
        (Layer::Time, kind)
    } else if let Some(kind) = label.strip_prefix("event:") {
        (Layer::Event, kind)
    } else {
        (Layer::Entity, label)
    }
}

/// Names of links that say two mentions are of the same thing.
fn is_identity(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    ["coref", "coreference", "equiv", "identity", "same", "same_as"].contains(&kind.as_str())
}

/// Groups that merge.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, index: usize) -> usize {
        let mut at = index;
        while self.0[at] != at {
            // Halves the path, so that chains stay short.
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Merges two groups; the earlier root stays.
    fn merge(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

impl Items {
    /// Reads the names of the layers that a file says were annotated.
    pub(crate) fn annotated(&mut self, layers: &[String]) {
        self.times |= layers.iter().any(|layer| layer == "times");
        self.events |= layers.iter().any(|layer| layer == "events");
    }

    /// Puts entities, times and events into `sample`.
    pub(crate) fn build(self, sample: &mut Sample, notes: &mut Notes) -> Result<(), Problem> {
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for (index, item) in self.items.iter().enumerate().filter(|(_, item)| !item.id.is_empty()) {
            // A region may have several labels.
            let first = *ids.entry(&item.id).or_insert(index);
            if self.items[first].at != item.at {
                return Err(Problem::Record(format!(
                    "the id {:?} stands at two spans; links need ids that are unique in the document",
                    item.id
                )));
            }
        }
        let find = |link: &Link, id: &str| {
            let missing = || Problem::Reference { from: link.kind.clone(), id: id.to_owned() };
            ids.get(id).copied().ok_or_else(missing)
        };
        let mut groups = Groups((0..self.items.len()).collect());
        // (event, filler, role)
        let mut roles: Vec<(usize, usize, &str)> = Vec::new();
        for link in &self.links {
            let (from, to) = (find(link, &link.from)?, find(link, &link.to)?);
            let layers = (self.items[from].layer, self.items[to].layer);
            if is_identity(&link.kind) && layers.0 == layers.1 && layers.0 != Layer::Time {
                groups.merge(from, to);
            } else if layers.0 == Layer::Event {
                roles.push((from, to, &link.kind));
            } else {
                notes.note(format!("relation {}", link.kind));
            }
        }
        let mut built = Built::default();
        let mut names: Vec<String> = Vec::with_capacity(self.items.len());
        for (index, item) in self.items.iter().enumerate() {
            let root = groups.root(index);
            let name = if root == index { built.name(item) } else { names[root].clone() };
            if root != index && self.items[root].kind != item.kind {
                notes.note("mention of another type than the first of its cluster");
            }
            built.add(item, &name, root == index);
            names.push(name);
        }
        for (event, filler, role) in roles {
            let Some(&place) = built.event_places.get(&names[event]) else { continue };
            built.events[place].roles.push(fill(role, &self.items[filler], &names[filler]));
        }
        sample.entities = Some(built.entities);
        sample.times = (self.times || !built.times.is_empty()).then_some(built.times);
        sample.events = (self.events || !built.events.is_empty()).then_some(built.events);
        Ok(())
    }
}

fn fill(role: &str, filler: &Item, name: &str) -> Role {
    let name = Some(name.to_owned());
    let mut filled = Role {
        role: role.to_owned(),
        roles: Vec::new(),
        entity: None,
        event: None,
        time: None,
        quantity: None,
        location: filler.location(),
        head: None,
        optional: false,
        inferred: None,
    };
    match filler.layer {
        Layer::Entity => filled.entity = name,
        Layer::Time => filled.time = name,
        Layer::Event => filled.event = name,
    }
    filled
}

#[derive(Default)]
struct Built {
    entities: Vec<Entity>,
    times: Vec<Time>,
    events: Vec<Event>,
    entity_places: BTreeMap<String, usize>,
    event_places: BTreeMap<String, usize>,
}

impl Built {
    /// The item's own id, or the next free one of its layer.
    fn name(&self, item: &Item) -> String {
        if !item.id.is_empty() {
            return item.id.clone();
        }
        match item.layer {
            Layer::Entity => format!("e{}", self.entities.len() + 1),
            Layer::Time => format!("t{}", self.times.len() + 1),
            Layer::Event => format!("ev{}", self.events.len() + 1),
        }
    }

    fn add(&mut self, item: &Item, name: &str, first: bool) {
        let (id, kind) = (name.to_owned(), item.kind.clone());
        let types = item.types.clone();
        match item.layer {
            Layer::Entity => {
                let mention = Mention { score: item.score, ..Mention::at(item.location()) };
                if first {
                    self.entity_places.insert(id.clone(), self.entities.len());
                    let entity = Entity { id, kind, types, ..Entity::default() };
                    self.entities.push(entity);
                }
                if let Some(&place) = self.entity_places.get(name) {
                    self.entities[place].mentions.push(mention);
                }
            }
            Layer::Time => self.times.push(Time {
                id,
                location: item.location(),
                kind,
                value: item.value.clone(),
                modifier: None,
                optional: false,
                alternatives: Vec::new(),
            }),
            Layer::Event => {
                let mention = EventMention {
                    location: item.location(),
                    pos: None,
                    factuality: item.factuality.clone(),
                    optional: false,
                    alternatives: Vec::new(),
                };
                if first {
                    self.event_places.insert(id.clone(), self.events.len());
                    let (score, factuality) = (item.score, item.factuality.clone());
                    let event = Event { id, kind, types, score, factuality, ..Event::default() };
                    self.events.push(event);
                }
                if let Some(&place) = self.event_places.get(name) {
                    self.events[place].mentions.push(mention);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline::Field;

    fn item(id: &str, label: &str, start: usize) -> Item {
        Item::new(id, label, Stretch { field: Field::Text, start, end: start + 1 })
    }

    fn link(kind: &str, from: &str, to: &str) -> Link {
        Link { kind: kind.to_owned(), from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn clusters_and_roles() {
        let items = Items {
            items: vec![
                item("1", "PER", 0),
                item("2", "event:justice.arrest", 2),
                item("3", "PER", 4),
                item("4", "time:DATE", 6),
                item("5", "ORG", 8),
            ],
            links: vec![
                link("coref", "3", "1"),
                link("agent", "2", "3"),
                link("time", "2", "4"),
                link("employs", "5", "1"),
            ],
            ..Items::default()
        };
        let (mut sample, mut notes) = (Sample::default(), Notes::default());
        items.build(&mut sample, &mut notes).unwrap();
        let entities = sample.entities.unwrap();
        assert_eq!((entities.len(), entities[0].mentions.len()), (2, 2));
        let event = &sample.events.unwrap()[0];
        assert_eq!(event.kind, "justice.arrest");
        assert_eq!(
            (event.roles[0].entity.as_deref(), event.roles[0].location.at.start),
            (Some("1"), 4)
        );
        assert_eq!(event.roles[1].time.as_deref(), Some("4"));
        assert_eq!(sample.times.unwrap()[0].kind, "DATE");
        assert_eq!(notes.of("relation employs"), 1);
    }

    #[test]
    fn a_link_to_nothing_is_an_error() {
        let links = vec![link("agent", "1", "9")];
        let items = Items { items: vec![item("1", "event:x", 0)], links, ..Items::default() };
        let error = items.build(&mut Sample::default(), &mut Notes::default()).unwrap_err();
        assert_eq!(error.to_string(), "agent refers to \"9\", which the document does not define");
    }
}
