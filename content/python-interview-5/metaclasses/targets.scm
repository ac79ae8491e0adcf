; What has a card, special before general.

; M02: on the keyword and its value.
((keyword_argument name: (identifier) @word) @target
 (#eq? @word "metaclass")
 (#set! card "metaclass-keyword"))

; M04: a class that derives from type.
((class_definition name: (identifier) @range) @target
 (#set! card "metaclass-definition"))

; M01: on the name, unless the decorators have a card there, and on the word.
((class_definition name: (identifier) @range @name) @target
 (#set! card "class-statement"))
((class_definition "class" @range) @target
 (#set! card "class-statement"))

; M23: on the word, and on what is looked up.
((call function: (identifier) @range) @target
 (#eq? @range "super")
 (#set! card "super-call"))
((attribute
   object: (call function: (identifier) @word)
   attribute: (identifier) @range) @target
 (#eq? @word "super")
 (#set! card "super-call"))

; Special methods, on their names. M15.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__init__")
 (#scope? "class")
 (#set! card "init-method"))

; M05, M14.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__new__")
 (#scope? "class")
 (#set! card "metaclass-new"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__new__")
 (#scope? "class")
 (#set! card "new-method"))
; M06 to M08, M12.
((function_definition name: (identifier) @range) @target
 (#eq? @range "__init__")
 (#scope? "class")
 (#set! card "metaclass-init"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__call__")
 (#scope? "class")
 (#set! card "metaclass-call"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__prepare__")
 (#scope? "class")
 (#set! card "prepare-method"))
((function_definition name: (identifier) @range) @target
 (#eq? @range "__init_subclass__")
 (#scope? "class")
 (#set! card "init-subclass"))

; M03: other keywords of a class.
((keyword_argument) @target
 (#set! card "class-keyword"))
