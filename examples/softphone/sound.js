// Everything that a person hears: the other end of the active call, and the ring tone.

/** Plays the sound that arrives over a connection. Null: silence. */
export function hear(audio, connection) {
  const tracks = connection?.getReceivers().map(({ track }) => track) ?? [];
  const playing = audio.srcObject?.getTracks() ?? [];
  if (tracks.length === playing.length && tracks.every((track) => playing.includes(track))) return;
  audio.srcObject = tracks.length === 0 ? null : new MediaStream(tracks);
}

/** Sends the microphone over a connection, or silence. */
export function speak(connection, isOn) {
  for (const { track } of connection?.getSenders() ?? []) if (track) track.enabled = isOn;
}

/**
 * Fills a list with the outputs of sound, and plays on the chosen one. A browser without
 * `setSinkId` does not get the list. The names appear after the first use of the microphone.
 */
export async function offerOutputs(list, audio) {
  if (!('setSinkId' in audio)) return;
  const devices = await navigator.mediaDevices.enumerateDevices();
  const outputs = devices.filter(({ kind, label }) => kind === 'audiooutput' && label !== '');
  list.replaceChildren(...outputs.map(({ label, deviceId }) => new Option(label, deviceId)));
  list.value = audio.sinkId || 'default';
  list.disabled = outputs.length === 0;
  list.onchange = () => audio.setSinkId(list.value);
  navigator.mediaDevices.ondevicechange = () => offerOutputs(list, audio);
}

/** A ring tone without a file: one second of two tones, two seconds of silence. */
export class RingTone {
  #context = null;
  #tones = null;

  set(isOn) {
    if (isOn === (this.#tones !== null)) return;
    if (!isOn) {
      for (const tone of this.#tones) tone.stop();
      this.#tones = null;
      return;
    }
    // A browser plays no sound in a page that was never used.
    if (!navigator.userActivation?.hasBeenActive) return;
    const context = (this.#context ??= new AudioContext());
    const volume = new GainNode(context, { gain: 0 });
    volume.connect(context.destination);
    for (let second = 0; second < 60; second += 3) {
      volume.gain.setValueAtTime(0.1, context.currentTime + second);
      volume.gain.setValueAtTime(0, context.currentTime + second + 1);
    }
    this.#tones = [440, 480].map((frequency) => new OscillatorNode(context, { frequency }));
    for (const tone of this.#tones) {
      tone.connect(volume);
      tone.start();
    }
  }
}
