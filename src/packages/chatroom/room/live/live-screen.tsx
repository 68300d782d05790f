import { LivePlayer, Video } from '@tarojs/components';
import { followState, type LivePlayback } from './live-playback';
import type { LiveElement } from './live-url';

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
        onStateChange={({ detail }) => followState(playback, detail.code)}
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
