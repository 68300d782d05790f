import { type CommonEvent, type ITouchEvent, View } from '@tarojs/components';
import { memo, useState } from 'react';
import { windowSize } from '@/components/page/host-facts';

/** The height of a letter in friend-list.scss, px of the design (375 wide). */
const LETTER_HEIGHT = 16;
const DESIGN_WIDTH = 375;

interface IndexBarProps {
  letters: string;
  /** The finger is on this letter. Pass the same function every time. */
  onLetter: (letter: string) => void;
}

/** The letters at the edge of the friends. The whole strip is one target: a finger slides over the letters. */
export const IndexBar = memo(function IndexBar({ letters, onLetter }: IndexBarProps) {
  // Later positions are counted from the letter of the first touch: nothing has to be measured.
  const [finger] = useState({ y: 0, first: 0, now: -1 });
  const go = (place: number) => {
    const now = Math.min(letters.length - 1, Math.max(0, place));
    if (now === finger.now) return;
    finger.now = now;
    onLetter(letters.charAt(now));
  };
  const onTouchStart = (event: CommonEvent) => {
    const { target, touches } = event as ITouchEvent;
    const { i } = target.dataset as { i?: number };
    const [touch] = touches;
    if (i === undefined || !touch) return;
    Object.assign(finger, { y: touch.clientY, first: Number(i), now: -1 });
    go(finger.first);
  };
  const onTouchMove = (event: CommonEvent) => {
    const { touches } = event as ITouchEvent;
    const [touch] = touches;
    if (!touch) return;
    const height = (LETTER_HEIGHT * windowSize().windowWidth) / DESIGN_WIDTH;
    go(finger.first + Math.round((touch.clientY - finger.y) / height));
  };
  return (
    <View className="index-bar" catchMove onTouchStart={onTouchStart} onTouchMove={onTouchMove}>
      {[...letters].map((letter, i) => (
        <View key={letter} data-i={i}>
          {letter}
        </View>
      ))}
    </View>
  );
});
