//! The exports for a switch: the lot, and the half of the wire that a switch uses.

mod lot;
mod message;
mod wire;

use wasm_bindgen::prelude::wasm_bindgen;

/// The TypeScript types that the exports of this module name.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "\
import type { LotEvent, LotOptions, StallView } from '../../src/client/switch/lot.js';
import type { FeedMessage, MoveCopy, NoteCopy } from '../../src/client/switch/message.js';
import type { AnswerCopy, HttpReply, PickUp } from '../../src/client/switch/wire.js';
import type { Answer, Dialect, Question } from '../../src/client/types.js';
import type { Copy } from '../../src/client/validate.js';
";
