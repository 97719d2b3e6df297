//! All views of a mirror as one line of JSON, for tests that compare them with snapshots.

use valet_park::mirror::{CallView, Departure, SlotView};
use valet_park::{Mirror, Party, Time};

pub(super) fn json(mirror: &Mirror) -> String {
    let sync = mirror.sync_view();
    list([
        list(mirror.slot_views().map(|view| slot(&view))),
        list(mirror.call_views().map(|view| call(&view))),
        list(mirror.departures().map(departure)),
        list([text(sync.state.as_str()), time(sync.checked_at), time(sync.next_ask_at)]),
    ])
}

fn slot(view: &SlotView) -> String {
    let caller = view.caller.as_deref();
    list([
        view.slot.to_string(),
        text(view.state.as_str()),
        maybe(view.pending.map(|pending| text(pending.as_str()))),
        view.is_confirmed.to_string(),
        time(view.checked_at),
        maybe(view.uuid.as_ref().map(|uuid| text(uuid.as_str()))),
        maybe(view.call.as_ref().map(|call| text(call.as_str()))),
        number(caller),
        maybe(caller.and_then(|party| party.name.as_deref()).map(text)),
        maybe(view.parked_by.as_ref().map(|extension| text(extension.as_str()))),
        view.is_mine.to_string(),
        time(view.held_since),
        view.is_exact.to_string(),
        time(view.returns_at),
    ])
}

fn call(view: &CallView) -> String {
    let caller = view.caller.as_deref();
    list([
        text(view.call.as_str()),
        text(view.extension.as_str()),
        text(view.state.as_str()),
        time(Some(view.since)),
        maybe(view.slot.map(|slot| slot.to_string())),
        maybe(view.pending.map(|pending| text(pending.as_str()))),
        number(caller),
        maybe(caller.and_then(|party| party.name.as_deref()).map(text)),
        number(view.called.as_deref()),
    ])
}

fn departure(left: &Departure) -> String {
    list([
        left.slot.to_string(),
        text(left.uuid.as_str()),
        time(Some(left.at)),
        text(left.reason.as_str()),
        left.mine.to_string(),
        maybe(left.parked_by.as_ref().map(|extension| text(extension.as_str()))),
    ])
}

fn number(party: Option<&Party>) -> String {
    maybe(party.and_then(|party| party.number.as_deref()).map(text))
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(","))
}

fn maybe(json: Option<String>) -> String {
    json.unwrap_or("null".into())
}

fn time(time: Option<Time>) -> String {
    maybe(time.map(|time| time.as_ms().to_string()))
}

/// Stand-ins have no character that JSON would escape.
fn text(text: &str) -> String {
    format!("\"{text}\"")
}
