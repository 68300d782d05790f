import { View } from '@tarojs/components';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** Grey rows in place of a list that is loading. */
export function Skeleton() {
  return (
    <View className="skeleton">
      {ROWS.map((row) => (
        <View className="skeleton-row" key={row} />
      ))}
    </View>
  );
}
