import { action, makeObservable, observableRef } from 'mobx';
import type { CallMedia, CallMediaEvents, CallMediaPlug, MediaSession } from './call-media';
import type { CallControl } from './call-signal';
import type { CallType } from './call-state';

/** Microphone, camera and speaker of a call, the peer's state of them, and the media engine. */
export class CallDevices {
  /** The current type; either side may change it during the call. */
  type: CallType = 'audio';
  muted = false;
  camera = false;
  speaker = false;
  peerMuted = false;
  peerCamera = false;
  private media: CallMedia | null = null;

  constructor(
    private readonly plug: CallMediaPlug,
    /** Sends a control message to the peer; `sendAll` repeats the state after the next reconnect. */
    private readonly tell: (control: CallControl) => void,
  ) {
    makeObservable(this, {
      type: observableRef,
      muted: observableRef,
      camera: observableRef,
      speaker: observableRef,
      peerMuted: observableRef,
      peerCamera: observableRef,
      reset: action,
      setMuted: action,
      setCamera: action,
      setSpeaker: action,
      setType: action,
      applyControl: action,
    });
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    this.media?.setMuted(muted);
    this.tell({ muted });
  }

  setCamera(camera: boolean): void {
    this.camera = camera;
    this.media?.setCamera(camera);
    this.tell({ camera });
  }

  setSpeaker(speaker: boolean): void {
    this.speaker = speaker;
    this.media?.setSpeaker(speaker);
  }

  /** Switches between video and audio, on both sides. */
  setType(type: CallType): void {
    if (this.type === type) return;
    this.change(type);
    this.tell({ type });
  }

  /** Sets the initial state for a call of this type. */
  reset(type: CallType): void {
    this.change(type);
    this.muted = false;
    this.peerMuted = false;
    this.speaker = type === 'video';
  }

  /** Applies a control message of the peer. */
  applyControl({ muted, camera, type }: CallControl): void {
    if (type && type !== this.type) this.change(type);
    if (muted !== undefined) this.peerMuted = muted;
    if (camera !== undefined) this.peerCamera = camera;
  }

  sendAll(): void {
    this.tell({ muted: this.muted, camera: this.camera, type: this.type });
  }

  /**
   * Lets the engine join. Returns false when it has joined already or was told to leave meanwhile. Rejects
   * when it cannot join.
   */
  async joinMedia(session: Omit<MediaSession, 'type'>, events: CallMediaEvents): Promise<boolean> {
    if (this.media) return false;
    const media = this.plug.make(events);
    this.media = media;
    await media.join({ ...session, type: this.type });
    if (this.media !== media) return false;
    media.setMuted(this.muted);
    media.setCamera(this.camera);
    media.setSpeaker(this.speaker);
    return true;
  }

  leaveMedia(): void {
    this.media?.leave();
    this.media = null;
  }

  private change(type: CallType): void {
    this.type = type;
    this.camera = type === 'video';
    this.peerCamera = type === 'video';
    this.media?.setCamera(this.camera);
  }
}
