import { startSwitch, type RunningSwitch } from 'valet-park/server';

const pbx: RunningSwitch = await startSwitch({ port: 0, slots: 3 });
console.log(pbx.url.startsWith('http'), pbx.token.length);
await pbx.close();
