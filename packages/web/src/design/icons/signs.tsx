import { Icon, type IconProps } from "./icon.tsx";

// What can be done, and what is said beside words.

export const PlusIcon = (props: IconProps) => <Icon {...props} path="M12 5v14M5 12h14" />;
export const MinusIcon = (props: IconProps) => <Icon {...props} path="M5 12h14" />;
export const CheckIcon = (props: IconProps) => <Icon {...props} path="M5 12.5l4.5 4.5L19 7" />;
export const CloseIcon = (props: IconProps) => <Icon {...props} path="M6 6l12 12M18 6L6 18" />;
export const DownIcon = (props: IconProps) => <Icon {...props} path="M7 10l5 5 5-5" />;
export const BackIcon = (props: IconProps) => <Icon {...props} path="M15 5l-7 7 7 7" />;
export const ForwardIcon = (props: IconProps) => <Icon {...props} path="M9 5l7 7-7 7" />;
export const MoreIcon = (props: IconProps) => <Icon {...props} bold path="M5.5 12h.01M12 12h.01M18.5 12h.01" />;
export const WarningIcon = (props: IconProps) => <Icon {...props} path="M12 4L2.8 19.5h18.4zM12 10v4.5M12 17h.01" />;
export const InfoIcon = (props: IconProps) => <Icon {...props} path="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01" />;
export const UndoIcon = (props: IconProps) => <Icon {...props} path="M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3" />;
export const StopIcon = (props: IconProps) => <Icon {...props} path="M7 7h10v10H7z" />;
export const PlayIcon = (props: IconProps) => <Icon {...props} path="M8 5l11 7-11 7z" />;
export const PauseIcon = (props: IconProps) => <Icon {...props} path="M9 6v12M15 6v12" />;
export const RefreshIcon = (props: IconProps) => (
  <Icon {...props} path="M20 11a8 8 0 0 0-14.5-3.5L3 10M3 4v6h6M4 13a8 8 0 0 0 14.5 3.5L21 14M21 20v-6h-6" />
);
export const UploadIcon = (props: IconProps) => <Icon {...props} path="M12 16V4M7 9l5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3" />;
export const DownloadIcon = (props: IconProps) => <Icon {...props} path="M12 4v12M7 11l5 5 5-5M4 17v2a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-2" />;
export const FolderIcon = (props: IconProps) => (
  <Icon {...props} path="M3 7a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z" />
);
export const HideIcon = (props: IconProps) => (
  <Icon {...props} path="M4 4l16 16M9 6.5A9 9 0 0 1 21 12a13 13 0 0 1-3 3.5M6 8a13 13 0 0 0-3 4c2 4 6 7 11 5.5M10 10a3 3 0 0 0 4 4" />
);
export const EditIcon = (props: IconProps) => <Icon {...props} path="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3" />;
export const TrashIcon = (props: IconProps) => <Icon {...props} path="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5" />;
export const PinIcon = (props: IconProps) => <Icon {...props} path="M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6" />;
export const FilterIcon = (props: IconProps) => <Icon {...props} path="M4 6h16M7 12h10M10 18h4" />;
export const ZoomInIcon = (props: IconProps) => (
  <Icon {...props} path="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21M10.5 8v5M8 10.5h5" />
);
export const ZoomOutIcon = (props: IconProps) => (
  <Icon {...props} path="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21M8 10.5h5" />
);
export const ContrastIcon = (props: IconProps) => (
  <Icon {...props} path="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7h4.5M12 11h8.5M12 15h8" />
);
export const LanguageIcon = (props: IconProps) => (
  <Icon {...props} path="M4 6h10M9 4v2M12 6c-1 4-4 7-7.5 8.5M6.5 9.5c1.5 2.5 3.5 4 6 5M12 20l4-9 4 9M13.4 17h5.2" />
);
export const UnknownFaceIcon = (props: IconProps) => (
  <Icon {...props} path="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 10h.01M15 10h.01M9 16h6" />
);
