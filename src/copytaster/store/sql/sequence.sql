SELECT value FROM sequence;
