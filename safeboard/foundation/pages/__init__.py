"""The shared machinery of pages: registers (lists), forms, drafts, exports. Areas declare, this shows."""
