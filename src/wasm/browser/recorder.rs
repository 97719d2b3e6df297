//! The latest inputs of a mirror, for JavaScript.

use core::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::mirror::Recorder;

/// The recorder of a mirror.
///
/// The recorder is separate from the mirror, because wasm-bindgen refuses to use an object in which
/// a method has failed.
#[wasm_bindgen]
pub struct RecorderHandle(Rc<RefCell<Recorder>>);

impl RecorderHandle {
    pub(super) fn new(recorder: Rc<RefCell<Recorder>>) -> Self {
        Self(recorder)
    }
}

#[wasm_bindgen]
impl RecorderHandle {
    /// Returns the recording of a mirror that has failed. It ends with the input that failed.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.borrow().bytes(None)
    }
}
