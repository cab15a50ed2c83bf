//! The graph run by rten, in pure Rust.

use std::panic::catch_unwind;

use ndarray::Array2;
use rten::{ModelOptions, NodeId, Value};

use super::alone::{Alone, told};
use super::{Backend, BackendError, Input, Output};

/// Names of the graph's inputs: three by piece, three by word.
const INPUT_NAMES: [&str; 6] =
    ["input_ids", "attention_mask", "shape_ids", "word_starts", "word_sentences", "root_starts"];

/// Names of the graph's outputs, in the order of [`Output`].
const OUTPUT_NAMES: [&str; 7] = ["entity", "upos", "xpos", "lemma", "event", "arc", "rel"];

/// Runs an ONNX graph with rten in f32, one sequence after the other and each on one thread.
pub struct RtenBackend {
    model: rten::Model,
    inputs: [NodeId; 6],
    outputs: [NodeId; 7],
    alone: Alone,
}

impl RtenBackend {
    /// Loads the graph, unpacks its weights and lays them out for multiplication.
    pub fn from_bytes(onnx: Vec<u8>) -> Result<RtenBackend, BackendError> {
        // rten checks what it reads, but a damaged file may still trip an assertion inside it.
        let loaded = catch_unwind(|| ModelOptions::with_all_ops().prepack_weights(true).load(onnx));
        let model = match loaded {
            Ok(result) => result.map_err(BackendError::new)?,
            Err(panic) => return Err(told(&*panic)),
        };
        let inputs = node_ids(&model, INPUT_NAMES, "input")?;
        let outputs = node_ids(&model, OUTPUT_NAMES, "output")?;
        Ok(RtenBackend { model, inputs, outputs, alone: Alone::default() })
    }

    fn run_one(&self, input: &Input) -> Result<Output, BackendError> {
        let words = |of: fn(&super::Word) -> usize| input.words.iter().map(of).collect();
        let arrays: [Vec<usize>; 6] = [
            input.pieces.iter().map(|&id| id as usize).collect(),
            vec![1; input.pieces.len()],
            input.shapes.iter().map(|&id| id.into()).collect(),
            words(|word| word.start),
            words(|word| word.sentence),
            words(|word| word.root),
        ];
        let mut values = Vec::with_capacity(arrays.len());
        for (&node, array) in self.inputs.iter().zip(arrays) {
            values.push((node, to_value(array)?.into()));
        }
        let outputs = self.model.run_n(values, self.outputs, None);
        let [entity, upos, xpos, lemma, event, arc, rel] = outputs.map_err(BackendError::new)?;
        Ok(Output {
            entity: to_array(entity)?,
            upos: to_array(upos)?,
            xpos: to_array(xpos)?,
            lemma: to_array(lemma)?,
            event: to_array(event)?,
            arc: to_array(arc)?,
            rel: to_array(rel)?,
        })
    }
}

impl Backend for RtenBackend {
    fn run(&self, batch: &[&Input]) -> Result<Vec<Output>, BackendError> {
        self.alone.run(|| batch.iter().map(|input| self.run_one(input)).collect())
    }

    fn parameters(&self) -> Option<usize> {
        Some(self.model.total_params())
    }
}

fn node_ids<const N: usize>(
    model: &rten::Model,
    names: [&str; N],
    role: &str,
) -> Result<[NodeId; N], BackendError> {
    let mut ids = Vec::with_capacity(N);
    for name in names {
        let id = model.find_node(name);
        ids.push(id.ok_or_else(|| BackendError(format!("the graph has no {role} {name:?}")))?);
    }
    ids.try_into().map_err(|_| BackendError(format!("wrong number of {role}s")))
}

/// A batch of one. rten computes with 32-bit integers where ONNX has 64.
fn to_value(array: Vec<usize>) -> Result<Value, BackendError> {
    let narrow = |x| i32::try_from(x).map_err(BackendError::new);
    let data = array.into_iter().map(narrow).collect::<Result<Vec<i32>, _>>()?;
    Value::from_shape(&[1, data.len()], data).map_err(BackendError::new)
}

fn to_array(value: Value) -> Result<Array2<f32>, BackendError> {
    let ([batch, rows, columns], data) =
        value.into_shape_vec::<f32, 3>().map_err(BackendError::new)?;
    Array2::from_shape_vec((batch * rows, columns), data).map_err(BackendError::new)
}
