// The far end of a call: a real WebRTC connection that plays a tone. Every number has its own tone.

let context = null;

/** The tone of a telephone number, in Hz. */
export function toneOf(number) {
  return 300 + 10 * Number(number.replace(/\D/g, '').slice(-2));
}

export class FarEnd {
  #connection = new RTCPeerConnection();
  #sender = this.#connection.addTransceiver('audio').sender;
  #tone = null;

  /** Returns an SDP offer. */
  async offer() {
    await this.#connection.setLocalDescription();
    return this.#describe();
  }

  /** Takes the SDP answer of the telephone. */
  async accept(sdp) {
    await this.#connection.setRemoteDescription({ type: 'answer', sdp });
  }

  /** Returns the SDP answer to an offer of the telephone. */
  async answer(sdp) {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp });
    for (const transceiver of this.#connection.getTransceivers()) {
      transceiver.direction = 'sendrecv';
      this.#sender = transceiver.sender;
    }
    await this.#connection.setLocalDescription();
    return this.#describe();
  }

  /** Speaks with the tone of a number. */
  async speak(number) {
    // The person has pressed a button by now, so the browser permits sound.
    context ??= new AudioContext();
    if (this.#tone === null) {
      this.#tone = new OscillatorNode(context);
      const voice = new MediaStreamAudioDestinationNode(context);
      this.#tone.connect(new GainNode(context, { gain: 0.2 })).connect(voice);
      this.#tone.start();
      await this.#sender.replaceTrack(voice.stream.getAudioTracks()[0]);
    }
    this.#tone.frequency.value = toneOf(number);
  }

  close() {
    this.#tone?.stop();
    this.#connection.close();
  }

  /** Returns the description as soon as it names all addresses, because SIP sends it once. */
  async #describe() {
    const connection = this.#connection;
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        connection.addEventListener('icegatheringstatechange', resolve, { once: true });
      });
    }
    return connection.localDescription.sdp;
  }
}
