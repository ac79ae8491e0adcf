std = 'luajit'
globals = { 'vim' }
max_line_length = 110
ignore = { '212/_.*' }
