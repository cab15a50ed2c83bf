//! The trees of `data/trees.tsv`: what they say of a paragraph from its measures.

use std::sync::LazyLock;

use super::measures;

/// A question, after which the tree goes on with the next node, or another if the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    /// Whether a measure is less than a figure.
    Less { measure: usize, figure: i32, otherwise: usize },
    /// Where no question is left: for furniture.
    Leaf(i32),
}

/// All trees; what they say is added up.
pub(super) struct Trees {
    nodes: Vec<Node>,
    starts: Vec<usize>,
    /// The measures that say that a pattern is sure of a line, and what the signs say of it.
    sure: Option<usize>,
    margin: Option<usize>,
}

/// Why a file of trees can't be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub(super) struct TreeError {
    line: usize,
    problem: String,
}

pub(super) static TREES: LazyLock<Trees> = LazyLock::new(|| {
    Trees::parse(include_str!("../../data/trees.tsv")).expect("the built-in trees are tested")
});

impl Trees {
    pub(super) fn parse(data: &str) -> Result<Trees, TreeError> {
        let [sure, margin] = ["ruled-sure", "margin"].map(measures::number);
        let mut trees = Trees { nodes: Vec::new(), starts: Vec::new(), sure, margin };
        for (index, row) in data.lines().enumerate() {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let fail = |problem: String| TreeError { line: index + 1, problem };
            trees.starts.push(trees.nodes.len());
            // Questions whose second branch is still to come.
            let mut open: Vec<usize> = Vec::new();
            let mut closed = false;
            for field in row.split('\t') {
                if closed {
                    return Err(fail(format!("{field:?} comes after the end of the tree")));
                }
                if let Some((name, figure)) = field.split_once('<') {
                    let known = measures::number(name);
                    let (Some(measure), Ok(figure)) = (known, figure.parse()) else {
                        return Err(fail(format!("no question: {field:?}")));
                    };
                    open.push(trees.nodes.len());
                    trees.nodes.push(Node::Less { measure, figure, otherwise: usize::MAX });
                    continue;
                }
                let leaf = field.parse().map_err(|_| fail(format!("no leaf: {field:?}")))?;
                trees.nodes.push(Node::Leaf(leaf));
                let next = trees.nodes.len();
                match open.pop() {
                    Some(at) => {
                        if let Node::Less { otherwise, .. } = &mut trees.nodes[at] {
                            *otherwise = next;
                        }
                    }
                    None => closed = true,
                }
            }
            if !closed {
                return Err(fail("the tree has no end".to_owned()));
            }
        }
        Ok(trees)
    }

    /// Whether a line is furniture; `bias` speaks for it, in ten-thousandths. What a pattern is sure of
    /// and the signs agree to, the trees don't take back.
    pub(super) fn furniture(&self, row: &[i32], bias: i32) -> bool {
        let shows = |measure: Option<usize>| measure.is_some_and(|measure| row[measure] > 0);
        shows(self.sure) && shows(self.margin) || self.favour(row) + bias > 0
    }

    /// What speaks for furniture, in ten-thousandths.
    fn favour(&self, row: &[i32]) -> i32 {
        self.starts.iter().map(|start| self.leaf(*start, row)).sum()
    }

    fn leaf(&self, mut at: usize, row: &[i32]) -> i32 {
        loop {
            match self.nodes[at] {
                Node::Leaf(favour) => return favour,
                Node::Less { measure, figure, .. } if row[measure] < figure => at += 1,
                Node::Less { otherwise, .. } => at = otherwise,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_trees_are_valid() {
        if let Err(error) = Trees::parse(include_str!("../../data/trees.tsv")) {
            panic!("data/trees.tsv: {error}");
        }
    }

    #[test]
    fn questions_lead_to_leaves() {
        let trees = Trees::parse("# fine\nchars<10\twords<2\t5\t-7\t1\n20\n").unwrap();
        let mut row = vec![0; measures::count()];
        let (chars, words) =
            (measures::number("chars").unwrap(), measures::number("words").unwrap());
        let mut favour = |figures: [i32; 2]| {
            (row[chars], row[words]) = (figures[0], figures[1]);
            trees.favour(&row)
        };
        assert_eq!([[9, 1], [9, 2], [10, 1]].map(&mut favour), [25, 13, 21]);
    }

    #[test]
    fn faults_name_their_line() {
        let faults = [
            ("# fine\nchars<10\t1", "line 2"),
            ("1\t2", "line 1"),
            ("1\nheight<3\t1\t2", "line 2"),
            ("chars<x\t1\t2", "line 1"),
            ("x", "line 1"),
        ];
        for (data, expected) in faults {
            let error = Trees::parse(data).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.starts_with(expected), "{data:?}: {error}");
        }
    }
}
