SELECT place, words_z FROM findable WHERE story = :story;
