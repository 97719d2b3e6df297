// Runs a proxy in a separate process, so that a busy test does not delay the proxy. The message of the
// parent is the name of a method.

import { openProxy } from './proxy.mjs';

const proxy = await openProxy(process.argv[2] ?? '');
process.on('message', (/** @type {'stall' | 'cut' | 'heal'} */ what) => proxy[what]());
process.on('disconnect', () => process.exit());
process.send?.(proxy.url);
