//! The exports for browsers: the mirror, and the half of the wire that a client uses.

mod dialog;
mod effects;
mod event;
mod inputs;
mod mirror;
mod note;
mod options;
mod pick_up;
mod recorder;
mod view;
mod wire;

use wasm_bindgen::prelude::wasm_bindgen;

/// The TypeScript types that the exports of this module name.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "\
import type { CallEventFields, Effects, NoteRequest, OwnSync } from '../../src/client/effects.js';
import type { Whereabouts } from '../../src/client/views.js';
import type { MirrorOptions } from '../../src/client/options.js';
import type { Failure, SentRequest } from '../../src/client/http.js';
import type { TabMessage, Told } from '../../src/client/tab_words.js';
import type { HttpRequest } from '../../src/client/wire.js';
import type { CallName } from '../../src/client/call_name.js';
import type { DialogFields } from '../../src/client/dialog.js';
import type { EventInput } from '../../src/client/event.js';
import type { Answer, Dialect, Question } from '../../src/client/types.js';
import type { Copy } from '../../src/client/validate.js';
";
