//! The weights of an ONNX file by the names of the layers they belong to.

use std::collections::{BTreeMap, BTreeSet};

use rten_onnx::onnx::{DataType, GraphProto, ModelProto, NodeProto, TensorProto};

use crate::backend::BackendError;

/// A matrix or, with one row, a vector.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tensor {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) values: Values,
}

/// Numbers row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values {
    F32(Vec<f32>),
    /// With the factor of each row (`axis` 0) or column (`axis` 1).
    Int8 {
        values: Vec<i8>,
        scales: Vec<f32>,
        axis: usize,
    },
}

impl Tensor {
    /// What its numbers stand for.
    pub(super) fn into_f32(self) -> Vec<f32> {
        match self.values {
            Values::F32(values) => values,
            Values::Int8 { values, scales, axis } => {
                let scale =
                    |at: usize| if axis == 0 { at / self.columns } else { at % self.columns };
                values
                    .iter()
                    .enumerate()
                    .map(|(at, &value)| f32::from(value) * scales[scale(at)])
                    .collect()
            }
        }
    }
}

/// Weights by name, taken out one by one.
pub(super) struct Weights {
    tensors: BTreeMap<String, Tensor>,
}

impl Weights {
    /// Reads a file. The exporter keeps the names of all tensors but the matrices of linear layers,
    /// which it transposes; these are known by the bias that is added to their product, and the
    /// matrices without a bias by their shape.
    pub(super) fn read(onnx: &[u8]) -> Result<Weights, BackendError> {
        let model = ModelProto::parse_buf(onnx)
            .map_err(|e| BackendError(format!("not an ONNX file: {e}")))?;
        let graph = model.graph.ok_or_else(|| BackendError::new("the ONNX file has no graph"))?;
        let mut tensors = read_tensors(&graph)?;
        for (matrix, layer) in linear_layers(&graph) {
            if let Some(tensor) = tensors.remove(&matrix) {
                tensors.insert(format!("{layer}.weight"), tensor);
            }
        }
        Ok(Weights { tensors })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// How many numbers there are, factors apart.
    pub(super) fn parameters(&self) -> usize {
        self.tensors.values().map(|tensor| tensor.rows * tensor.columns).sum()
    }

    pub(super) fn take(&mut self, name: &str) -> Result<Tensor, BackendError> {
        let tensor = self.tensors.remove(name);
        tensor.ok_or_else(|| BackendError(format!("the graph has no weights {name:?}")))
    }

    /// A vector of a known length.
    pub(super) fn vector(&mut self, name: &str, len: usize) -> Result<Vec<f32>, BackendError> {
        let tensor = self.take(name)?;
        if tensor.rows * tensor.columns != len {
            let (rows, columns) = (tensor.rows, tensor.columns);
            let problem = format!("{name:?} has shape [{rows}, {columns}], not [{len}]");
            return Err(BackendError(problem));
        }
        Ok(tensor.into_f32())
    }

    /// The matrix of this shape that belongs to no layer with a bias.
    pub(super) fn unnamed(&mut self, rows: usize, columns: usize) -> Result<Tensor, BackendError> {
        let is_it = |(name, tensor): (&String, &Tensor)| {
            (name.starts_with("onnx::") && (tensor.rows, tensor.columns) == (rows, columns))
                .then(|| name.clone())
        };
        let mut found: Vec<String> = self.tensors.iter().filter_map(is_it).collect();
        match (found.pop(), found.is_empty()) {
            (Some(name), true) => self.take(&name),
            _ => {
                let problem = format!("the graph has not one matrix of shape [{rows}, {columns}]");
                Err(BackendError(problem))
            }
        }
    }
}

fn read_tensors(graph: &GraphProto) -> Result<BTreeMap<String, Tensor>, BackendError> {
    let stored: BTreeMap<&str, &TensorProto> =
        graph.initializer.iter().filter_map(|t| Some((t.name.as_deref()?, t))).collect();
    let mut tensors = BTreeMap::new();
    let mut factors = BTreeSet::new();
    for node in graph.node.iter().filter(|node| is(node, "DequantizeLinear")) {
        let ([matrix, scale], [output]) = (&node.input[..], &node.output[..]) else { continue };
        let (Some(matrix), Some(factor)) = (stored.get(&**matrix), stored.get(&**scale)) else {
            continue;
        };
        factors.insert(&**scale);
        let attribute = node.attribute.iter().find(|a| a.name.as_deref() == Some("axis"));
        let axis = usize::from(attribute.and_then(|a| a.i) != Some(0));
        let (rows, columns) = shape(matrix)?;
        let values: Vec<i8> = raw(matrix).into_iter().map(|byte| byte as i8).collect();
        let scales = floats(factor)?;
        if values.len() != rows * columns || scales.len() != [rows, columns][axis] {
            return Err(BackendError(format!("{output:?} is cut short")));
        }
        let values = Values::Int8 { values, scales, axis };
        tensors.insert(output.clone(), Tensor { rows, columns, values });
    }
    for (name, tensor) in &stored {
        if tensor.data_type == Some(DataType::FLOAT) && !factors.contains(name) {
            let (rows, columns) = shape(tensor)?;
            let values = Values::F32(floats(tensor)?);
            tensors.insert((*name).to_owned(), Tensor { rows, columns, values });
        }
    }
    Ok(tensors)
}

/// The matrices that a bias is added to the product of, with the name of their layer.
fn linear_layers(graph: &GraphProto) -> Vec<(String, String)> {
    let products: BTreeMap<&str, &str> = graph
        .node
        .iter()
        .filter(|node| is(node, "MatMul"))
        .filter_map(|node| Some((&**node.output.first()?, &**node.input.get(1)?)))
        .collect();
    let mut layers = Vec::new();
    for node in graph.node.iter().filter(|node| is(node, "Add")) {
        let [a, b] = &node.input[..] else { continue };
        for (bias, product) in [(a, b), (b, a)] {
            if let (Some(layer), Some(matrix)) =
                (bias.strip_suffix(".bias"), products.get(&**product))
            {
                layers.push(((*matrix).to_owned(), layer.to_owned()));
            }
        }
    }
    layers
}

fn is(node: &NodeProto, operator: &str) -> bool {
    node.op_type.as_deref() == Some(operator)
}

fn shape(tensor: &TensorProto) -> Result<(usize, usize), BackendError> {
    let size = |&dim: &i64| usize::try_from(dim).map_err(BackendError::new);
    let dims = tensor.dims.iter().map(size).collect::<Result<Vec<_>, _>>()?;
    let (rows, columns) = match &dims[..] {
        [] => (1, 1),
        [columns] => (1, *columns),
        [rows, columns] => (*rows, *columns),
        _ => return Err(BackendError(format!("{:?} has shape {dims:?}", tensor.name))),
    };
    match rows.checked_mul(columns) {
        Some(_) => Ok((rows, columns)),
        None => Err(BackendError(format!("{:?} is too large", tensor.name))),
    }
}

fn raw(tensor: &TensorProto) -> Vec<u8> {
    tensor.raw_data.as_ref().map(|data| data.take()).unwrap_or_default()
}

fn floats(tensor: &TensorProto) -> Result<Vec<f32>, BackendError> {
    let (rows, columns) = shape(tensor)?;
    let values = if tensor.float_data.is_empty() {
        raw(tensor).chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    } else {
        tensor.float_data.clone()
    };
    if values.len() == rows * columns && values.iter().all(|value| value.is_finite()) {
        Ok(values)
    } else {
        Err(BackendError(format!("{:?} is cut short or not a number", tensor.name)))
    }
}

impl Tensor {
    /// Matrices of as many rows put beside each other.
    pub(super) fn beside(parts: [Tensor; 3]) -> Result<Tensor, BackendError> {
        let rows = parts[0].rows;
        if parts.iter().any(|part| part.rows != rows) {
            return Err(BackendError::new("matrices that belong together differ in height"));
        }
        let columns = parts.iter().map(|part| part.columns).sum();
        let widths: Vec<usize> = parts.iter().map(|part| part.columns).collect();
        let all_int8 = parts.iter().all(|p| matches!(p.values, Values::Int8 { axis: 1, .. }));
        if !all_int8 {
            let parts: Vec<Vec<f32>> = parts.into_iter().map(Tensor::into_f32).collect();
            let values = interleave(rows, &widths, &parts);
            return Ok(Tensor { rows, columns, values: Values::F32(values) });
        }
        let (mut matrices, mut factors) = (Vec::new(), Vec::new());
        for part in parts {
            if let Values::Int8 { values, scales, .. } = part.values {
                matrices.push(values);
                factors.extend(scales);
            }
        }
        let values = interleave(rows, &widths, &matrices);
        Ok(Tensor { rows, columns, values: Values::Int8 { values, scales: factors, axis: 1 } })
    }
}

fn interleave<T: Copy>(rows: usize, widths: &[usize], parts: &[Vec<T>]) -> Vec<T> {
    let row = |row: usize| {
        let of =
            move |(part, &width): (&Vec<T>, &usize)| part[row * width..(row + 1) * width].to_vec();
        parts.iter().zip(widths).flat_map(of)
    };
    (0..rows).flat_map(row).collect()
}
