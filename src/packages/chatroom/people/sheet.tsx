import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import './sheet.scss';

interface SheetProps {
  /** What it is, for those who hear it. */
  label: string;
  closeLabel: string;
  onClose: () => void;
}

/** WeChat's sheet from below; a tap beside it closes it. */
export function Sheet({ label, closeLabel, onClose, children }: PropsWithChildren<SheetProps>) {
  return (
    <View className="sheet">
      <View
        className="sheet-mask"
        catchMove
        ariaRole="button"
        ariaLabel={closeLabel}
        onClick={onClose}
      />
      <View className="sheet-panel" ariaRole="dialog" ariaLabel={label}>
        {children}
      </View>
    </View>
  );
}
