//! The graph run by rten, in pure Rust.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use ndarray::{Array2, Array3};
use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value};

use super::{Backend, BackendError, INPUT_NAMES, Inputs, OUTPUT_NAMES, Outputs};

/// Runs an ONNX graph with rten, every run on one thread.
pub struct RtenBackend {
    model: rten::Model,
    inputs: [NodeId; 6],
    outputs: [NodeId; 7],
    /// Idle pools of one thread each; as many come to be as runs overlap.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
}

impl RtenBackend {
    /// Loads the graph, unpacks its weights and lays them out for multiplication.
    pub fn from_bytes(onnx: Vec<u8>) -> Result<RtenBackend, BackendError> {
        // rten checks what it reads, but a damaged file may still trip an assertion inside it.
        let loaded = catch_unwind(|| ModelOptions::with_all_ops().prepack_weights(true).load(onnx));
        let model = match loaded {
            Ok(result) => result.map_err(|e| BackendError(e.to_string()))?,
            Err(panic) => return Err(panicked(panic)),
        };
        let inputs = node_ids(&model, INPUT_NAMES, "input")?;
        let outputs = node_ids(&model, OUTPUT_NAMES, "output")?;
        Ok(RtenBackend { model, inputs, outputs, pools: Mutex::new(Vec::new()) })
    }

    fn run_here(&self, inputs: &Inputs, pool: &Arc<ThreadPool>) -> Result<Outputs, BackendError> {
        let arrays = [
            &inputs.input_ids,
            &inputs.attention_mask,
            &inputs.shape_ids,
            &inputs.word_starts,
            &inputs.word_sentences,
            &inputs.root_starts,
        ];
        let mut values = Vec::with_capacity(arrays.len());
        for (&node, array) in self.inputs.iter().zip(arrays) {
            values.push((node, to_value(array)?.into()));
        }
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let run = AssertUnwindSafe(|| self.model.run_n(values, self.outputs, Some(options)));
        let [entity, upos, xpos, lemma, event, arc, rel] = match catch_unwind(run) {
            Ok(result) => result.map_err(|e| BackendError(e.to_string()))?,
            Err(panic) => return Err(panicked(panic)),
        };
        Ok(Outputs {
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
    fn run(&self, inputs: &Inputs) -> Result<Outputs, BackendError> {
        let idle = self.pools.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = idle.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let result = if rayon::current_thread_index().is_none() {
            self.run_here(inputs, &pool)
        } else {
            // A rayon worker that waits for another pool takes up further jobs of its own pool
            // meanwhile, so all batches would be under way at once. A plain thread just waits,
            // and costs nothing beside a batch.
            std::thread::scope(|scope| {
                let thread = std::thread::Builder::new()
                    .spawn_scoped(scope, || self.run_here(inputs, &pool))
                    .map_err(|e| BackendError(e.to_string()))?;
                thread.join().unwrap_or_else(|panic| Err(panicked(panic)))
            })
        };
        self.pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        result
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

/// rten computes with 32-bit integers where ONNX has 64.
fn to_value(array: &Array2<i64>) -> Result<Value, BackendError> {
    let narrow = |&x: &i64| i32::try_from(x).map_err(|e| BackendError(e.to_string()));
    let data = array.iter().map(narrow).collect::<Result<Vec<i32>, _>>()?;
    Value::from_shape(array.shape(), data).map_err(|e| BackendError(e.to_string()))
}

fn to_array(value: Value) -> Result<Array3<f32>, BackendError> {
    let (shape, data) =
        value.into_shape_vec::<f32, 3>().map_err(|e| BackendError(e.to_string()))?;
    Array3::from_shape_vec(shape, data).map_err(|e| BackendError(e.to_string()))
}

fn panicked(panic: Box<dyn Any + Send>) -> BackendError {
    let message = panic
        .downcast_ref::<&str>()
        .map(|m| (*m).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown".to_owned());
    BackendError(format!("internal failure of the runtime: {message}"))
}
