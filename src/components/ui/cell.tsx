import { View } from '@tarojs/components';
import { classes } from './classes';

interface CellProps {
  title: string;
  value?: string;
  onClick?: () => void;
}

/** A line of a settings list: a title, the chosen value, and an arrow when a tap opens something. */
export function Cell({ title, value, onClick }: CellProps) {
  return (
    <View
      className={classes('cell', onClick && 'cell-link')}
      hoverClass={onClick ? 'pressed' : 'none'}
      ariaRole={onClick && 'button'}
      onClick={onClick}
    >
      <View className="cell-title">{title}</View>
      {value !== undefined && <View className="cell-value ellipsis">{value}</View>}
    </View>
  );
}
