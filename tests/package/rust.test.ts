// Goal: a Rust program for wasm32 that uses the crate keeps its own allocator, and exports only its
// own functions.
// Method: such a program is compiled, linked and called.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { wasmToolchain } from '../../scripts/setup/wasm-target.mjs';

const manifest = `
[package]
name = "a-user"
version = "0.0.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
valet-park = { path = ${JSON.stringify(resolve('.'))} }
`;

/** Parks a call, and returns how often the program's own allocator was called meanwhile. */
const program = `
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU32, Ordering};
use valet_park::{Action, Answer, Lot, LotOptions, Question, Slot, Time};

struct Counting;
static COUNT: AtomicU32 = AtomicU32::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[unsafe(no_mangle)]
pub extern "C" fn park() -> u32 {
    let mut lot = Lot::new(LotOptions::default());
    let question = Question {
        extension: "34414".parse().unwrap(),
        call: "1-37b98fb2-0000-4000-8000-000000000001".parse().unwrap(),
        action: Action::Park,
        slot: Some(Slot::try_from(6u32).unwrap()),
    };
    match lot.ask(Time::from_ms(0), &question) {
        Answer::Parked { .. } => COUNT.load(Ordering::Relaxed),
        _ => 0,
    }
}
`;

test('a Rust program for wasm32 keeps its own allocator', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-rust-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'Cargo.toml'), manifest);
  writeFileSync(join(folder, 'src/lib.rs'), program);
  // The versions that are here already, so that cargo needs no network.
  copyFileSync('Cargo.lock', join(folder, 'Cargo.lock'));
  const { args, env } = await wasmToolchain();
  const target = ['--target', 'wasm32-unknown-unknown', '--target-dir', join(folder, 'target')];
  const how = { cwd: folder, env: { ...process.env, ...env }, stdio: 'pipe' } as const;
  execFileSync('cargo', ['build', '--quiet', '--offline', ...target, ...args], how);

  const file = join(folder, 'target/wasm32-unknown-unknown/debug/a_user.wasm');
  const module = new WebAssembly.Module(readFileSync(file));
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function');
  expect(functions.map(({ name }) => name)).toEqual(['park']);
  const { park } = new WebAssembly.Instance(module).exports;
  expect((park as () => number)()).toBeGreaterThan(0);
});
