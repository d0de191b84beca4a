SELECT place, came, messages, standing FROM told WHERE story = :story;
