import { View } from '@tarojs/components';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** Grey rows where a list is about to be. */
export function Skeleton() {
  return (
    <View className="skeleton">
      {ROWS.map((row) => (
        <View className="skeleton-row" key={row} />
      ))}
    </View>
  );
}
