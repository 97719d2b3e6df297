import { onTestFinished } from 'vitest';
import { type RunningStandIn, startStandIn } from './stand-in.ts';
import { type Api, StandInSocket } from './stand-in-socket.ts';

/** Starts a stand-in that listens, for one test. */
export async function openStandIn(): Promise<RunningStandIn> {
  const standIn = await startStandIn();
  onTestFinished(() => standIn.socket.stop());
  return standIn;
}

/** Starts a socket for one test. The default API answers `+OK` and the command. */
export async function openSocket(
  api: Api = (command, args) => `+OK ${command} ${args}\n`,
): Promise<StandInSocket> {
  const socket = new StandInSocket(api);
  await socket.start();
  onTestFinished(() => socket.stop());
  return socket;
}
