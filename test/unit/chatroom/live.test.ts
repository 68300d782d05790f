import { FakeClock } from '../fakes/fake-clock';
import { followState, LivePlayback } from '@/packages/chatroom/room/live/live-playback';
import { liveElementOf } from '@/packages/chatroom/room/live/live-url';

describe('the address of a live video', () => {
  it.each([
    'https://live.example.com/room.m3u8',
    'https://live.example.com:8443/room/9001?sign=a%20b#t',
    'HTTPS://live.example.com',
    'https://live.example.com/a?file=b.flv',
    'http://127.0.0.1:7600/samples/walk.mp4',
    'http://127.1.2.3/a.m3u8',
    'http://localhost:7600/a.mp4',
    'http://[::1]:7600/a.mp4',
  ])('%s is played with video', (url) => {
    expect(liveElementOf(url, false)).toBe('video');
    expect(liveElementOf(url, true)).toBe('video');
  });

  it.each([
    'https://live.example.com/room.flv',
    'https://live.example.com/room.FLV?sign=1',
    'http://127.0.0.1:7600/a.flv',
    'rtmp://live.example.com/app/stream',
  ])('%s is played with live-player only', (url) => {
    expect(liveElementOf(url, false)).toBeNull();
    expect(liveElementOf(url, true)).toBe('live-player');
  });

  it.each([
    '',
    'https://',
    'live.example.com/a.m3u8',
    '//live.example.com/a.m3u8',
    'http://live.example.com/a.m3u8',
    'http://192.168.1.2/a.m3u8',
    'http://127.0.0.1.example.com/a.m3u8',
    'http://localhost.example.com/a.m3u8',
    'http://localhost@example.com/a.m3u8',
    'https://known.com@example.com/a.m3u8',
    'https://known.com\\@example.com/a.m3u8',
    'https://live.example.com/a b.m3u8',
    ' https://live.example.com/a.m3u8',
    'https://live.example.com/a.m3u8\nhttps://',
    'javascript:alert(1)//https://live.example.com/',
    'data:video/mp4;base64,AAAA',
    'rtmps://live.example.com/app/stream',
    'rtmp://live.example.com',
    'webrtc://live.example.com/app/stream',
    'file:///a.mp4',
  ])('%j is only copied', (url) => {
    expect(liveElementOf(url, false)).toBeNull();
    expect(liveElementOf(url, true)).toBeNull();
  });

  it('is played without live-player by default', () => {
    expect(liveElementOf('rtmp://live.example.com/app/stream')).toBeNull();
  });
});

describe('the state of a live video', () => {
  const clock = new FakeClock();
  let playback: LivePlayback;
  beforeEach(() => (playback = new LivePlayback(clock)));

  it('has failed when no picture comes within 20 s, and is started again', async () => {
    playback.start();
    await clock.advance(19_999);
    expect(playback.phase).toBe('loading');
    await clock.advance(1);
    expect(playback.phase).toBe('failed');
    playback.start();
    playback.onPlay();
    await clock.advance(60_000);
    expect(playback.phase).toBe('playing');
    expect(clock.pending).toBe(0);
  });

  it('ignores the events of an element that is removed', () => {
    playback.start();
    playback.stop();
    playback.onPlay();
    playback.onError();
    playback.onEnded();
    playback.onPause();
    expect(playback.phase).toBe('off');
    expect(clock.pending).toBe(0);
  });

  it('ignores a pause while it loads, and goes on after a pause', () => {
    playback.start();
    playback.onPause();
    expect(playback.phase).toBe('loading');
    playback.onPlay();
    playback.onPause();
    expect(playback.phase).toBe('paused');
    playback.onPlay();
    expect(playback.phase).toBe('playing');
  });

  it('follows the states of live-player', () => {
    const after = (...states: readonly number[]) => {
      playback.stop();
      playback.start();
      for (const state of states) followState(playback, state);
      return playback.phase;
    };
    expect(after(2001, 2002, 2007)).toBe('loading');
    expect(after(2003)).toBe('playing');
    expect(after(2004, 2103, 2105)).toBe('playing');
    expect(after(2004, 2006)).toBe('ended');
    expect(after(2004, -2301)).toBe('failed');
    playback.stop();
  });

  it('is interrupted only while it is on', () => {
    playback.interrupt();
    expect(playback.phase).toBe('off');
    playback.start();
    playback.interrupt();
    expect(playback.phase).toBe('interrupted');
    playback.start();
    playback.onError();
    playback.interrupt();
    expect(playback.phase).toBe('failed');
  });
});
