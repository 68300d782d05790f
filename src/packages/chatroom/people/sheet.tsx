import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import './sheet.scss';

interface SheetProps {
  /** The label for screen readers. */
  label: string;
  closeLabel: string;
  onClose: () => void;
}

/** A sheet from below like WeChat's; a tap beside it closes it. */
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
