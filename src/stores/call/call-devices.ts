import { action, makeObservable, observableRef } from 'mobx';
import type { CallMedia, CallMediaEvents, CallMediaPlug, MediaSession } from './call-media';
import type { CallControl } from './call-signal';
import type { CallType } from './call-state';

/** Microphone, camera and speaker of a call, what the other side says of its own, and the engine. */
export class CallDevices {
  /** What the call is now; either side may change it while it lasts. */
  type: CallType = 'audio';
  muted = false;
  camera = false;
  speaker = false;
  peerMuted = false;
  peerCamera = false;
  private media: CallMedia | null = null;

  constructor(
    private readonly plug: CallMediaPlug,
    /** Tells the other side; what does not arrive is told again after the next reconnect. */
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
      receive: action,
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

  /** Adds the picture, or goes on without, on both sides. */
  setType(type: CallType): void {
    if (this.type === type) return;
    this.change(type);
    this.tell({ type });
  }

  /** Everything as a call of this type begins. */
  reset(type: CallType): void {
    this.change(type);
    this.muted = false;
    this.peerMuted = false;
    this.speaker = type === 'video';
  }

  /** What the other side has said. */
  receive({ muted, camera, type }: CallControl): void {
    if (type && type !== this.type) this.change(type);
    if (muted !== undefined) this.peerMuted = muted;
    if (camera !== undefined) this.peerCamera = camera;
  }

  tellAll(): void {
    this.tell({ muted: this.muted, camera: this.camera, type: this.type });
  }

  /** The engine joins. False when it has done so, or was told to leave meanwhile. Rejects when it cannot. */
  async join(session: Omit<MediaSession, 'type'>, events: CallMediaEvents): Promise<boolean> {
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

  leave(): void {
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
