SELECT number, reasons FROM verdicts WHERE story = :story;
