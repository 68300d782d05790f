import { LivePlayer, Video } from '@tarojs/components';
import type { LivePlayback } from './live-playback';
import type { LiveElement } from './live-url';

/** Codes of live-player's `statechange` that mean a picture. */
const PICTURE: readonly number[] = [2003, 2004];
const ENDED = 2006;
/** Codes below: no connection after all attempts, or an address that cannot be opened. */
const FAILED_BELOW = -2000;

interface LiveScreenProps {
  url: string;
  element: LiveElement;
  playback: LivePlayback;
}

/** The picture. It plays at once, because it appears by a tap of the user only. */
export function LiveScreen({ url, element, playback }: LiveScreenProps) {
  // Written out: the comparison of constants takes live-player out of the builds of other products.
  if (process.env.PRODUCT_LIVE_PLAYER === 'live-player' && element === 'live-player')
    return (
      <LivePlayer
        className="live-screen"
        src={url}
        autoplay
        objectFit="contain"
        onStateChange={({ detail: { code } }) => {
          if (PICTURE.includes(code)) playback.onPlay();
          else if (code === ENDED) playback.onEnded();
          else if (code < FAILED_BELOW) playback.onError();
        }}
      />
    );
  return (
    <Video
      className="live-screen"
      src={url}
      autoplay
      controls
      showCenterPlayBtn={false}
      enableProgressGesture={false}
      objectFit="contain"
      onPlay={playback.onPlay}
      onPause={playback.onPause}
      onEnded={playback.onEnded}
      onError={playback.onError}
    />
  );
}
