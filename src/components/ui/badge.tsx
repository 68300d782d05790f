import { View } from '@tarojs/components';
import { badgeText } from '../format/badge-text';

interface BadgeProps {
  count: number;
  /** A muted conversation shows a dot in place of the number. */
  muted?: boolean;
}

export function Badge({ count, muted }: BadgeProps) {
  if (count <= 0) return null;
  return muted ? (
    <View className="badge badge-dot" />
  ) : (
    <View className="badge">{badgeText(count)}</View>
  );
}
