import { View } from '@tarojs/components';
import { durationText } from '@/components/format/duration';
import { useEachSecond } from '@/components/page/use-each-second';

/** The duration of the call so far; it counts only while the page is visible. */
export function CallTimer({ since }: { since: number }) {
  useEachSecond();
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  return <View className="talk-timer">{durationText(seconds)}</View>;
}
